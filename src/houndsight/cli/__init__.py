"""The command tree.

Comes in: arguments. Goes out: text, JSON and exit statuses. May import: companion, records, errors.
"""
