"""One moment in, one finding out: everything that is worked out about a moment, in ids and numbers, before words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from houndsight.inference.advise import Chosen, choose, fired_vetoes, utilities
from houndsight.inference.draws import TableDraws, interval, lead_share
from houndsight.inference.evidence import Turn, decibans, left_out, turning
from houndsight.inference.flags import fired, follow_up
from houndsight.inference.network import Floats, compile_network
from houndsight.inference.posterior import Seen, log_scores, normalise, see
from houndsight.inference.question import Questioner
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.conditions import NO_HISTORY, History, Scene
from houndsight.knowledge.rules import Flag
from houndsight.records.observation import Observation
from houndsight.records.reading import Evidence, MotiveShare

__all__ = ["Asked", "Finding", "Reader"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A cue worth asking for, what its answer is expected to tell (bits), and why: `safety` or `meaning`."""

    cue: str
    bits: float
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """All that was worked out about one moment. `motives` are sorted, likeliest first."""

    motives: tuple[MotiveShare, ...]
    verdict: str
    evidence: tuple[Evidence, ...]
    turn: Turn | None
    question: Asked | None
    chosen: Chosen
    flags: tuple[Flag, ...]


class Reader:
    """Reads moments with one knowledge base; compiled once, used for any number of moments."""

    def __init__(self, knowledge: Knowledge) -> None:
        draws = knowledge.model.draws
        self.knowledge = knowledge
        self.network = compile_network(knowledge)
        self.draws = TableDraws(knowledge, self.network, draws.count, draws.seed)
        self.questioner = Questioner(self.network)
        self.utility = utilities(knowledge)

    def read(self, observations: Sequence[Observation], history: History = NO_HISTORY, skip: frozenset[str] = frozenset()) -> Finding:
        """What the moment probably means. `history` is the dog's diary for rules that look back; `skip` are cues not to ask for."""
        seen = see(self.network, observations)
        p = normalise(self.network, log_scores(self.network, seen))
        drawn = self.draws.posterior(observations)
        values = {o.cue: o.value for o in observations}
        scene = Scene(values, dict(zip(self.knowledge.motives, p.tolist(), strict=True)), history)
        return Finding(
            motives=self._shares(p, drawn),
            verdict=self._verdict(p, drawn, observations),
            evidence=self._evidence(seen, p, observations),
            turn=turning(self.network, seen, observations, p, self.knowledge.model.turning.never),
            question=self._question(seen, p, scene, skip),
            chosen=choose(self.knowledge, self.utility, p, drawn.mean(axis=1), fired_vetoes(self.knowledge, scene)),
            flags=fired(self.knowledge, scene),
        )

    def _shares(self, p: Floats, drawn: Floats) -> tuple[MotiveShare, ...]:
        low, high = interval(drawn, self.knowledge.model.draws.interval)
        low, high = np.minimum(low, p), np.maximum(high, p)  # the draws may all lie to one side of a rare motive's reading
        shares = map(MotiveShare, self.knowledge.motives, p.tolist(), low.tolist(), high.tolist())
        return tuple(sorted(shares, key=lambda share: -share.p))

    def _verdict(self, p: Floats, drawn: Floats, observations: Sequence[Observation]) -> str:
        if not any(self.knowledge.vocabulary.cues[o.cue].bears_on_motive for o in observations):
            return "open"
        rule, leader = self.knowledge.model.verdict, int(p.argmax())
        share = lead_share(drawn, leader)
        if share >= rule.clear_share and p[leader] >= rule.clear_probability:
            return "clear"
        return "leaning" if share >= rule.leaning_share else "open"

    def _evidence(self, seen: Seen, p: Floats, observations: Sequence[Observation]) -> tuple[Evidence, ...]:
        """Every cue's weight for every plausible motive: the leader's first, each motive's strongest cue first."""
        values = {o.cue: o.value for o in observations}
        now = decibans(p)
        weights = {cue: now - decibans(without) for cue, without in left_out(self.network, seen, observations).items()}
        order = np.argsort(-p, kind="stable").tolist()
        shown = [m for m in order if m == order[0] or p[m] >= self.knowledge.model.advice.plausible]
        return tuple(
            self._piece(cue, values[cue], m, float(weights[cue][m]))
            for m in shown
            for cue in sorted(weights, key=lambda c: -abs(float(weights[c][m])))
        )

    def _piece(self, cue: str, value: str, motive: int, weight: float) -> Evidence:
        grade, citations = self._source(cue, value, self.knowledge.motives[motive])
        return Evidence(cue, value, self.knowledge.motives[motive], weight, grade, citations)

    def _source(self, cue: str, value: str, motive: str) -> tuple[str, tuple[str, ...]]:
        """Grade and citations that may be shown of the rows that the cue's weight rests on."""
        tables = self.knowledge.tables
        if cue in self.network.likelihood:
            rows = [tables.likelihood(cue, motive)]
        elif cue in self.network.body:
            rows = [tables.body(cue, motive, s) for s in self.network.states] + [tables.state(motive)]
        else:
            rows = [tables.outcome(motive, r) for r in ((value,) if cue == "response" else self.knowledge.responses)]
        sources = tuple(dict.fromkeys(s for row in rows for s in row.citations))
        return max(row.grade for row in rows), self.knowledge.shown(sources)

    def _question(self, seen: Seen, p: Floats, scene: Scene, skip: frozenset[str]) -> Asked | None:
        asking = self.knowledge.model.asking
        known = {**scene.cues, **dict.fromkeys(skip, "")}
        response = scene.cues.get("response")
        left_aside = {*known, *asking.last}
        safety = follow_up(self.knowledge, scene, known)
        ranked = self.questioner.ranked(seen, p, response, (), asking.price)
        if safety is not None:
            return Asked(safety, next((bits for cue, bits, _ in ranked if cue == safety), 0.0), "safety")
        worth = [Asked(cue, bits, "meaning") for cue, bits, net in ranked if net >= asking.worth_bits]
        first = [asked for asked in worth if asked.cue not in left_aside]
        last = [asked for asked in worth if asked.cue in asking.last and asked.cue not in known]
        return next(iter(first + last), None)
