"""What flows between the rooms: frozen, typed records.

Comes in: values. Goes out: records that are valid once they exist. May import: errors.
"""
