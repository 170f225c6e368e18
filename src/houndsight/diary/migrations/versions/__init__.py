"""The schemas that were released, in order: `0001` and so on.

Comes in: the schema before. Goes out: the schema after, with what was kept. May import: SQLAlchemy and Alembic.
"""
