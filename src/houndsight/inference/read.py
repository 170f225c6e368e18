"""One moment in, one finding out: everything that is worked out about a moment, in ids and numbers, before words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np

from houndsight.inference.advise import Chosen, choose, fired_vetoes, utilities
from houndsight.inference.dialect import Dialect, of_the_dog
from houndsight.inference.draws import TableDraws, interval, lead_share
from houndsight.inference.evidence import Turn, decibans, left_out, turning, without_response
from houndsight.inference.flags import fired, follow_up
from houndsight.inference.network import Floats, compile_network
from houndsight.inference.outlook import Foresight
from houndsight.inference.own_draws import OwnDraws
from houndsight.inference.posterior import Seen, normalise, score, see
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
        self.foresight = Foresight(self.network)
        self.questioner = Questioner(self.network, self.foresight)
        self.utility = utilities(knowledge)
        self.dialect: Dialect | None = None
        self._sources: dict[tuple[str, str, str], tuple[str, tuple[str, ...]]] = {}

    def of(self, dialect: Dialect) -> Reader:
        """A reader of one dog's moments, by his own rates and rows."""
        own = copy(self)
        own.dialect, own.network = dialect, dialect.network
        own.draws = OwnDraws(self.knowledge, dialect, self.draws)
        own.foresight = Foresight(own.network)
        own.questioner = Questioner(own.network, own.foresight)
        return own

    def reading_by(self, dialect: Dialect) -> Reader:
        """The same reader with the numbers of a dialect that is all but its own: its draws and its outlook stay as they are."""
        near = copy(self)
        near.dialect, near.network = dialect, dialect.network
        return near

    def bearing(self, observations: Sequence[Observation]) -> list[Observation]:
        """The observations that the motive is read from: what is known of a dog is in his rates already."""
        if self.dialect is None:
            return list(observations)
        return [o for o in observations if not of_the_dog(self.network, o)]

    def weights(self, observations: Sequence[Observation]) -> tuple[tuple[str, ...], Floats]:
        """The cues told, and each one's weight of evidence for every motive in decibans, (n, M)."""
        told = self.bearing(observations)
        seen = see(self.network, told)
        parts = score(self.network, seen)
        cues, without = self._left_out(seen, left_out(self.network, seen, parts), told)
        return cues, decibans(normalise(self.network, parts.total)) - decibans(without)

    def read(
        self,
        observations: Sequence[Observation],
        history: History = NO_HISTORY,
        skip: frozenset[str] = frozenset(),
        *,
        lean: bool = True,
        facts: Sequence[Observation] = (),
    ) -> Finding:
        """What the moment probably means. `history` is the dog's diary for rules that look back; `skip` are cues not to ask for.

        Without a `lean` the question is about one. `facts` are what is known of the dog and was not told again: rules look at them too.

        At most one observation for each cue; of several the last stands. Raises UnknownCue or UnknownValue.
        """
        values = {o.cue: o.value for o in (*facts, *observations)}
        observations = self.bearing(observations)
        seen = see(self.network, observations)
        parts = score(self.network, seen)
        p = normalise(self.network, parts.total)
        without = left_out(self.network, seen, parts)
        outlook = self.foresight.outlook(seen, parts, self.foresight.given(p, (*seen.direct, *seen.felt), without))
        drawn = self.draws.weighed(observations)
        scene = Scene(values, dict(zip(self.network.motives, p.tolist(), strict=True)), history)
        return Finding(
            motives=self._shares(p, drawn),
            verdict=self._verdict(p, drawn, observations),
            evidence=self._evidence(p, *self._left_out(seen, without, observations), values),
            turn=turning(self.foresight, outlook, values, int(p.argmax()), self._fixed(values, observations)),
            question=self._question(self.questioner.foreseen(outlook, seen, p), scene, skip, lean=lean),
            chosen=choose(
                self.knowledge,
                self.utility,
                p,
                np.add.reduce(drawn, axis=1) / drawn.shape[1],
                fired_vetoes(self.knowledge, scene),
            ),
            flags=fired(self.knowledge, scene),
        )

    def _fixed(self, values: Mapping[str, str], told: Sequence[Observation]) -> set[str]:
        """Cues that cannot be otherwise: a dog's age, and what else is known of him."""
        return {*self.knowledge.model.turning.never} | ({*values} - {o.cue for o in told})

    def _left_out(
        self, seen: Seen, without: Floats, observations: Sequence[Observation]
    ) -> tuple[tuple[str, ...], Floats]:
        """The cues told, and what is read without each; a response goes with the outcome that needs it."""
        cues, response = (*seen.direct, *seen.felt), without_response(self.network, observations)
        return (cues, without) if response is None else ((*cues, "response"), np.vstack([without, response]))

    def _shares(self, p: Floats, drawn: Floats) -> tuple[MotiveShare, ...]:
        low, high = interval(drawn, self.knowledge.model.draws.interval)
        low, high = (
            np.minimum(low, p),
            np.maximum(high, p),
        )  # the draws may all lie to one side of a rare motive's reading
        shares = map(MotiveShare, self.network.motives, p.tolist(), low.tolist(), high.tolist())
        return tuple(sorted(shares, key=lambda share: -share.p))

    def _verdict(self, p: Floats, drawn: Floats, observations: Sequence[Observation]) -> str:
        if not any(self.knowledge.vocabulary.cues[o.cue].bears_on_motive for o in observations):
            return "open"
        rule, leader = self.knowledge.model.verdict, int(p.argmax())
        share = lead_share(drawn, leader)
        if share >= rule.clear_share and p[leader] >= rule.clear_probability:
            return "clear"
        return "leaning" if share >= rule.leaning_share else "open"

    def _evidence(
        self, p: Floats, cues: Sequence[str], without: Floats, values: Mapping[str, str]
    ) -> tuple[Evidence, ...]:
        """Every cue's weight for every plausible motive: the leader's first, each motive's strongest cue first."""
        weights = decibans(p) - decibans(without)
        order = np.argsort(-p, kind="stable").tolist()
        shown = [m for m in order if m == order[0] or p[m] >= self.knowledge.model.advice.plausible]
        strongest = np.argsort(-np.abs(weights), axis=0, kind="stable").T.tolist()
        by_motive, motives = weights.T.tolist(), self.network.motives
        return tuple(
            Evidence(
                cues[i],
                values[cues[i]],
                motives[m],
                by_motive[m][i],
                *self._shown(cues[i], values[cues[i]], motives[m]),
            )
            for m in shown
            for i in strongest[m]
        )

    def _shown(self, cue: str, value: str, motive: str) -> tuple[str, tuple[str, ...]]:
        """As `_source`, which is asked once for each row."""
        key = cue, value if cue == "response" else "", motive
        source = self._sources.get(key)
        if source is None:
            source = self._sources[key] = self._source(cue, value, motive)
        return source

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

    def _question(self, bits: Mapping[str, float], scene: Scene, skip: frozenset[str], *, lean: bool) -> Asked | None:
        """A safety question before any other, then the one that tells most for its cost; a leading one only when nothing else is left."""
        asking = self.knowledge.model.asking
        known = {*scene.cues, *skip}
        safety = follow_up(self.knowledge, scene, known)
        if safety is not None:
            return Asked(safety, bits.get(safety, 0.0), "safety")
        if not lean and asking.lean not in known:
            return Asked(asking.lean, bits.get(asking.lean, 0.0), "meaning")
        ranked = self.questioner.ranked(bits, known, asking.price)
        worth = [Asked(cue, bits, "meaning") for cue, bits, net in ranked if net >= asking.worth_bits]
        return min(worth, key=lambda asked: asked.cue in asking.last, default=None)
