"""What is kept on this machine: the corrections of what was heard.

Comes in: records. Goes out: the same records, after a restart too. May import: records, errors.
"""
