"""The command tree.

Comes in: arguments. Goes out: text, JSON and exit statuses. May import: companion, knowledge (names and
wording), records, errors.
"""
