"""What is known about leaning dogs, as data; the only code that opens the data files.

Comes in: the data folder. Goes out: an immutable, checked Knowledge. May import: records, errors.
"""
