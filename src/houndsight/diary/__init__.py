"""What a household keeps of its dogs, in a file of its own or in PostgreSQL: records, and what was done to them.

Comes in: records. Goes out: the same records, after a restart too. May import: records, errors.
"""
