"""What was seen and said, as cues.

Comes in: an account in anybody's words. Goes out: Observations, never a motive. May import: knowledge (cues, lexicon), records, errors.
"""
