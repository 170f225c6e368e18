"""The trash on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from houndsight.cli.dog_screen import DogScreen
from houndsight.companion.trash import Trash
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.person import Person

__all__ = ["TrashScreen"]


class TrashScreen(DogScreen):
    """Prints what is in the trash, what went there and what came back."""

    def put_moments(self, moments: Sequence[Moment]) -> None:
        """Says which moments went into the trash."""
        if len(moments) == 1:
            self.say("trash.moment", **self._called(moments[0]))
        else:
            self.say("trash.moments", count=len(moments))

    def put_dog(self, dog: Dog, moments: int) -> None:
        """Says that a dog went into the trash with so many moments."""
        self.say("trash.dog", dog=dog.name, moments=self.counted(moments))

    def restored(self, what: Dog | Person | Moment) -> None:
        """Says what came back."""
        if isinstance(what, Moment):
            self.say("trash.restored_moment", **self._called(what))
        elif isinstance(what, Dog):
            self.say("trash.restored_dog", dog=what.name)
        else:
            self.say("trash.restored_person", person=what.name)

    def trash(self, trash: Trash) -> None:
        """What is in the trash, kind by kind."""
        if not (trash.dogs or trash.people or trash.moments):
            self.say("trash.nothing")
        for key, named in (("dogs", trash.dogs), ("people", trash.people)):
            self._section(f"trash.{key}_head", self._columns([self._gone(one) for one in named]))
        gone = {dog.id for dog in trash.dogs}
        moments = [one for one in trash.moments if one.dog not in gone]  # a dog's moments come back with him
        if moments:
            self._gap()
            self._line(Text(self.text("trash.moments_head"), style="bold underline"))
            self.table([self.household.line(one) for one in moments])

    def holds(self, trash: Trash) -> int:
        """Says how much is in the trash; gives the number."""
        counts = {"dogs": len(trash.dogs), "people": len(trash.people), "moments": len(trash.moments)}
        total = sum(counts.values())
        if total:
            self.say("trash.holds", what=self._together_named(counts))
        else:
            self.say("trash.nothing")
        return total

    def _together_named(self, counts: dict[str, int]) -> str:
        named = [self.text(f"trash.{kind}_{'one' if n == 1 else 'many'}", count=n) for kind, n in counts.items() if n]
        return self.text("trash.and").join(filter(None, (", ".join(named[:-1]), named[-1])))

    def _gone(self, one: Dog | Person) -> list[Text]:
        assert one.trashed is not None
        since = self.text("trash.since", when=self.sayings.time(one.trashed))
        return [Text(one.name, style="bold"), Text(self.household.short(one), style="cyan"), Text(since, style="dim")]
