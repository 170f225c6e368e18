"""The use cases: what a screen, a command or a program asks for; the one door to knowledge, senses and inference.

Comes in: words and cues. Goes out: readings, interviews and explanations. May import: knowledge, senses, inference, records, errors.
"""

from __future__ import annotations

from houndsight.companion.companion import Companion

__all__ = ["Companion"]
