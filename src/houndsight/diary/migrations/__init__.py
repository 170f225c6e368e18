"""The steps from one schema of the diary to the next, one file each in `versions/`, run by Alembic.

Comes in: a connection, in a transaction. Goes out: the same tables, with what is in them, in today's schema. May import: SQLAlchemy
and Alembic, nothing of ours: a step that has been released never changes, whatever the tables become.
"""
