"""Dogs and people of the diary on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from houndsight.cli.diary_screen import DiaryScreen
from houndsight.records.dog import Dog
from houndsight.records.person import Person
from houndsight.records.query import Query

__all__ = ["DogScreen"]


class DogScreen(DiaryScreen):
    """Prints who is in the diary."""

    def dogs(self, dogs: Sequence[Dog]) -> None:
        """The dogs, one a line."""
        if not dogs:
            self.say("dog.none")
        for line in self._columns([self._dog(dog) for dog in dogs]):
            self._line(line)

    def _dog(self, dog: Dog) -> list[Text]:
        kind = " ".join(filter(None, (dog.size, dog.breed)))
        count = self.household.diary.count(Query(dog=dog.id))
        return [Text(dog.name, style="bold"), Text(self.sayings.age(dog) or ""), Text(kind), Text(self.counted(count))]

    def counted(self, moments: int) -> str:
        """`12 moments`."""
        key = {0: "count_none", 1: "count_one"}.get(moments, "count")
        return self.text(f"dog.{key}", count=moments)

    def dog(self, dog: Dog) -> None:
        """Everything that is known of a dog, and his latest moment."""
        diary = self.household.diary
        latest = diary.moments(Query(dog=dog.id, limit=1))
        about = self.sayings.age(dog)
        born = None if dog.born is None or dog.born_about else dog.born.isoformat()
        self._headed(dog.name, [])
        told = {
            "age": about,
            "born": born,
            "size": dog.size,
            "breed": dog.breed,
            "sex": dog.sex,
            "neutered": self.yes(dog.neutered, "dog"),
            "history": dog.history,
            "photo": dog.photo and dog.photo[:12],
            "added_on": self.sayings.time(dog.added),
            "moments": self.counted(diary.count(Query(dog=dog.id))),
            "latest": self.sayings.exactly(latest[0].when) if latest else None,
            "id": self.household.short(dog),
        }
        self.facts("dog", told)

    def people(self, people: Sequence[Person]) -> None:
        """The people, one a line."""
        if not people:
            self.say("person.none")
        rows = [[Text(one.name, style="bold"), Text(one.role), Text(one.note)] for one in people]
        for line in self._columns(rows):
            self._line(line)
