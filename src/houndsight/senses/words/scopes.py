"""Which words stand under a negation, a hedge, a comparison, somebody else's opinion, another subject."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from houndsight.knowledge.lexicon import Lexicon, Scope, Telling
from houndsight.senses.words.matcher import Match
from houndsight.senses.words.tokens import Tokens

__all__ = ["Scopes"]

_NAMED = {"named_family": "family", "named_visitor": "visitor", "named_child": "child"}

_FORWARD = ("negation", "hypothetical", "likened", "past", "hedge")
_OR = frozenset(("or", "nor"))
_LIST = 7
_BACK = 8
_NEVER_REACH = 4
_NO = frozenset(("never", "no", "nope", "nah"))


class Scopes:
    """The scopes of one account. Every question about a word costs the same, whatever the length of the account."""

    def __init__(self, tokens: Tokens, matches: Iterable[Match], lexicon: Lexicon) -> None:
        self.tokens, self._size = tokens, len(tokens)
        self._of: dict[str, list[Match]] = {}
        self._reach: dict[str, int] = {}
        for scope in lexicon.targets:
            if isinstance(scope, Scope):
                self._reach[scope.name] = scope.reach
        for match in matches:
            scope = lexicon.targets[match.target]
            if isinstance(scope, Scope):
                self._of.setdefault(scope.name, []).append(match)
        self._ends = {match.first for match in self.of("ends")}
        self._marks = {name: self._forward(name) for name in _FORWARD}
        self._generic = {tokens.sentences[match.first] for match in self.of("generic")}
        self._subject = self._subjects()
        self._between = {i for match in self.of("between") for i in range(match.first, match.last + 1)}
        self._others = self._opinions()
        self._pronouns = {match.last for match in self.of("pronoun")}
        self._words = lexicon.index.keys()
        names = {self._name(match.first) for match in (*self.of("lean"), *self.of("lean_alone"))}
        self._leaners = names if None not in names else set()
        self._named = sorted((match.first, value) for name, value in _NAMED.items() for match in self.of(name))

    def of(self, name: str) -> list[Match]:
        """The places where the words of the scope `name` stand."""
        return self._of.get(name, [])

    def covered(self, name: str) -> set[int]:
        """The words that belong to a match of the scope `name`."""
        return {i for match in self.of(name) for i in range(match.first, match.last + 1)}

    def silent(self, match: Match, telling: Telling) -> bool:
        """Whether something other than a negation makes these words tell nothing about this dog here."""
        through, at = telling.through, match.first
        if "generic" not in through and self.tokens.sentences[at] in self._generic:
            return True
        if any(name not in through and self._under(name, match) for name in ("hypothetical", "likened", "past")):
            return True
        if telling.cue == "believes" and "others_say" not in through and at in self._others:
            return True
        if telling.about != "dog":
            return False
        subject = self.subject(at)
        if "another_dog" in (subject, self._subject.get(at)) or self._of_other_name(at):
            return True
        return "subject" not in through and subject in ("person", "other_dog")

    def negated(self, match: Match) -> bool:
        """Whether the words are denied: from before ("never growls"), at the end ("on guests, never") or by the answer ("Growls? No.")."""
        return self._under("negation", match) or self._denied_after(match) or self._answered_no(match)

    def whom(self, match: Match, value: str) -> str:
        """Who is leant on: `value` as the words say, but "him" is whoever was named last, and a teller who visits is a visitor."""
        if value == "owner" and self.of("teller_visits"):
            return "visitor"
        if match.last not in self._pronouns:
            return value
        place = bisect_left(self._named, (match.first, ""))
        return self._named[place - 1][1] if place else value

    def leans(self, name: str) -> list[Match]:
        """The places where words of the scope `name` tell a lean of this dog, now or by habit."""
        figurative = self.covered("no_lean")
        return [match for match in self.of(name) if match.first not in figurative and self._here(match)]

    def _here(self, match: Match) -> bool:
        at = match.first
        if self.tokens.sentences[at] in self._generic or self.subject(at) in ("person", "other_dog", "another_dog"):
            return False
        return not self.negated(match) and not any(self._under(name, match) for name in ("hypothetical", "likened"))

    def hedged(self, match: Match) -> bool:
        """Whether the teller is not sure of it."""
        return self._under("hedge", match)

    def _under(self, name: str, match: Match) -> bool:
        return match.first in self._marks[name]

    def _denied_after(self, match: Match) -> bool:
        tokens = self.tokens
        for at in range(match.last + 1, min(match.last + 1 + _NEVER_REACH, self._size)):
            if tokens.sentences[at] != tokens.sentences[match.last]:
                return False
            if tokens.stems[at] in _NO:
                return at + 1 == self._size or tokens.sentences[at + 1] != tokens.sentences[at]
        return False

    def _answered_no(self, match: Match) -> bool:
        """Whether the words are in a question that the next sentence answers with no."""
        sentence = self.tokens.sentences[match.last]
        if sentence not in self.tokens.asked:
            return False
        after = bisect_right(self.tokens.sentences, sentence)
        return after < self._size and self.tokens.stems[after] in _NO

    def _forward(self, name: str) -> set[int]:
        """The words under the scope: those after its words, as far as it reaches within the clause."""
        lifted = self.covered("not_negation") if name == "negation" else set()
        marked: set[int] = set()
        for match in self.of(name):
            if match.last not in lifted:
                marked.update(self._run(match.last, self._reach[name]))
        return marked

    def _run(self, last: int, reach: int) -> Iterator[int]:
        tokens = self.tokens
        for at in range(last + 1, min(last + 1 + reach, self._size)):
            if tokens.sentences[at] != tokens.sentences[last] or at in self._ends:
                return
            if tokens.clauses[at] != tokens.clauses[at - 1] and not self._listed(at):
                return
            yield at

    def _listed(self, at: int) -> bool:
        """Whether a clause that begins at `at` goes on with a list: "never growled, snapped or bit"."""
        tokens = self.tokens
        for ahead in range(at, min(at + _LIST, self._size)):
            if tokens.sentences[ahead] != tokens.sentences[at] or ahead in self._ends:
                return False
            if tokens.stems[ahead] in _OR:
                return True
        return False

    def subject(self, at: int) -> str:
        """Who does what word `at` says: `person`, `other_dog`, `another_dog`, `main_dog`, or nothing known."""
        tokens = self.tokens
        for back in range(at - 1, max(at - 1 - _BACK, -1), -1):
            if tokens.sentences[back] != tokens.sentences[at]:
                return ""
            if back in self._subject:
                return self._subject[back]
            if back not in self._between:
                return ""
        return ""

    def _of_other_name(self, at: int) -> bool:
        """Whether a dog called by name does it while a dog of another name is the one that leans ("Rufus growled, Molly leaned")."""
        if not self._leaners:
            return False
        name = self._name(at)
        return name is not None and name not in self._leaners

    def _name(self, at: int) -> str | None:
        """The name right before word `at`: a capitalised word that is no other word of the lexicon."""
        tokens = self.tokens
        for back in range(at - 1, max(at - 1 - _BACK, -1), -1):
            if tokens.sentences[back] != tokens.sentences[at]:
                return None
            if (
                back in tokens.capitals
                and tokens.exact[back] not in self._words
                and tokens.stems[back] not in self._words
            ):
                return tokens.stems[back]
            if back not in self._between:
                return None
        return None

    def _subjects(self) -> dict[int, str]:
        """The last word of every name of a person or a dog."""
        found: dict[int, str] = {}
        for name in ("main_dog", "person", "other_dog", "another_dog"):
            for match in self.of(name):
                found[match.last] = name
        return found

    def _opinions(self) -> set[int]:
        """The words within somebody else's opinion: from "my husband says" to the end of the sentence or to "I think"."""
        tokens, others = self.tokens, {match.last for match in self.of("others_say")}
        mine = {match.last for match in self.of("i_say")}
        found: set[int] = set()
        inside = False
        for at in range(self._size):
            if at and tokens.sentences[at] != tokens.sentences[at - 1]:
                inside = False
            if at in mine:
                inside = False
            elif at in others:
                inside = True
            if inside:
                found.add(at)
        return found
