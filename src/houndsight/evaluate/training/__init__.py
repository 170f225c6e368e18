"""Trains the ear on labelled accounts. Needs JAX, Optax and SciPy (the extra `train`); what it makes needs NumPy alone.

Comes in: labelled accounts, classes of words. Goes out: the file of the trained ear. May import: evaluate, senses, knowledge, records, errors.
"""
