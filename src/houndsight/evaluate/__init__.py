"""How good the reading is: labelled accounts, scores, baselines, and the fit of what is learned from accounts.

Comes in: labelled accounts, knowledge. Goes out: figures with intervals, and the files in knowledge/data/learned. May import:
senses, inference, knowledge, records, errors, NumPy.
"""
