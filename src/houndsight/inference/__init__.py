"""The reading as pure functions over arrays.

Comes in: observations and compiled knowledge. Goes out: findings in ids and numbers. May import: knowledge, records, errors, NumPy.
"""
