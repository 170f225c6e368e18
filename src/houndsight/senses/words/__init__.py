"""From words to cues: tokens, phrases found, scopes asked, one value a cue, moments kept apart.

Comes in: an account and the lexicon. Goes out: what was heard. May import: knowledge (lexicon, phrases), records, errors.
"""
