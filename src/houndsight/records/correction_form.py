"""A correction as a labelled account: the form in which accounts are trained on and scored."""

from __future__ import annotations

import json

from houndsight.records.correction import Corrected
from houndsight.records.observation import Observation

__all__ = ["as_line"]


def as_line(one: Corrected) -> str:
    """One correction as a labelled account, a JSON object on one line: what `houndsight words evaluate` reads."""
    cues = {o.cue: {"value": o.value, "span": _words(one.text, o), "sure": 1.0} for o in one.cues}
    changes = [{"cue": c.cue, "heard": c.heard, "right": c.right, "kind": c.kind} for c in one.corrections]
    form = {"id": one.id, "when": one.when, "text": one.text, "lean": one.lean, "cues": cues, "corrections": changes}
    return json.dumps(form, ensure_ascii=False)


def _words(text: str, o: Observation) -> str:
    return "" if o.span is None else text[o.span[0] : o.span[1]]
