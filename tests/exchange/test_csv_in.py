from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.exchange.household import (
    ALL,
    ANNA,
    EVENING,
    LEAN,
    LUNA,
    NOW,
    REX,
    faults,
    home,
    outgoing,
    read,
    written,
)

from houndsight.errors import InputError
from houndsight.exchange.csv_reading import open_csv
from houndsight.exchange.protocol import Home, Wishes
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.observation import Observation
from houndsight.records.person import Person

SAMPLE = Path(__file__).parent / "samples" / "abc_log.csv"
BERLIN = Wishes(zone="Europe/Berlin")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "log.csv"


def moments(path: Path, wishes: Wishes = BERLIN, who: Home | None = None) -> list[Moment]:
    return [one for one in read(path, "csv", who, wishes) if isinstance(one, Moment)]


def one(path: Path, *lines: str, wishes: Wishes = BERLIN) -> Moment:
    path.write_text("\n".join(lines), "utf-8")
    found = moments(path, wishes)
    assert len(found) == 1, faults(path, wishes)
    return found[0]


def fault(path: Path, *lines: str, wishes: Wishes = BERLIN) -> str:
    path.write_text("\n".join(lines), "utf-8")
    found = faults(path, wishes)
    assert len(found) == 1
    return str(found[0])


def test_the_log_of_another_program_is_read_without_being_told_how() -> None:
    first, second, third = moments(SAMPLE)
    assert first.text == (
        "kitchen. I came home from work. He backed into my legs, wiggling. I scratched his rump and he stayed."
    )
    assert (first.dog, first.when, first.ended) == (
        REX.id,
        datetime.fromisoformat("2026-03-14T18:30+01:00"),
        first.when + timedelta(minutes=2),
    )
    assert (first.zone, first.logged_by, first.logged) == ("Europe/Berlin", ANNA.id, first.when)
    assert 'He leaned on me "hard"\r\nand looked at the door.' in second.text
    assert (
        third.when.isoformat() == "2026-04-03T20:00:00+02:00"
    )  # the other days made it plain that the day comes first


def test_those_who_are_not_known_are_made_new_before_their_moments() -> None:
    records = read(SAMPLE, "csv", wishes=BERLIN)
    assert [(type(made), made.name) for made in records[:2] if isinstance(made, Dog | Person)] == [
        (Person, "Cara"),
        (Dog, "Bella"),
    ]
    assert records[-1].dog == records[1].id if isinstance(records[-1], Moment) else False


def test_what_is_read_as_what_and_what_is_passed_over_is_told() -> None:
    with open_csv(SAMPLE, home(), BERLIN, lambda _: None) as incoming:
        assert ("Behavior", "behaviour") in incoming.columns
        assert incoming.unmapped == ("Mood",)
        assert (incoming.new_dogs, incoming.new_people) == (("Bella",), ("Cara",))
        assert list(incoming.rows.values()) == [2, 3, 5]


def test_the_same_file_gives_the_same_ids_whatever_else_is_in_the_household() -> None:
    fuller = replace(home(), dogs=(replace(REX, name="REX"), LUNA, Dog("other", "Max", NOW)), people=())
    first, second = ids(moments(SAMPLE)), ids(moments(SAMPLE, who=fuller))
    assert first == second
    assert len(set(first)) == 3


@pytest.mark.parametrize("named", ["rex", " REX  ", REX.id, "Max"])
def test_an_id_is_made_of_the_dog_who_is_meant_however_he_is_called(table: Path, named: str) -> None:
    table.write_text("when,text\n2026-03-01 18:30,He leaned\n", "utf-8")
    renamed = replace(home(), dogs=(replace(REX, name="Max"), LUNA))
    found = moments(table, replace(BERLIN, dog=named), renamed if named == "Max" else None)
    assert ids(found) == ids(moments(table, replace(BERLIN, dog="Rex")))


def test_the_same_moment_of_two_dogs_is_two_moments(table: Path) -> None:
    table.write_text("dog,when,text\nRex,2026-03-01 18:30,He leaned\nBella,2026-03-01 18:30,He leaned\n", "utf-8")
    first, second = ids(moments(table))
    assert second != f"{first}-2"


def test_a_dog_who_came_with_a_table_gives_the_same_ids_once_he_is_there(table: Path) -> None:
    table.write_text("dog,when,text\nBella,2026-03-01 18:30,She leaned\n", "utf-8")
    bella, moment = read(table, "csv", wishes=BERLIN)
    assert isinstance(bella, Dog)
    for there in (bella, replace(bella, name="Bella Luna")):
        assert read(table, "csv", replace(home(), dogs=(there,)), BERLIN) == [moment]


def test_nobody_is_made_new_for_moments_that_are_there_already(table: Path) -> None:
    lines = ("dog,when,person", "Bella,2026-03-01 18:30,Cara", "Rex,2026-03-02 18:30,Dora")
    table.write_text("\n".join(lines), "utf-8")
    first, second = ids(moments(table))
    for there, dogs, people in (([first], (), ("Dora",)), ([second], ("Bella",), ("Cara",)), ([first, second], (), ())):
        with open_csv(table, replace(home(), kept=frozenset(there).intersection), BERLIN, lambda _: None) as incoming:
            assert (incoming.new_dogs, incoming.new_people) == (dogs, people)


def test_a_row_that_stands_twice_is_two_moments(table: Path) -> None:
    row = "Rex,2026-03-01 18:30,He leaned"
    table.write_text("\n".join(("dog,when,text", row, row, row, row.replace("leaned", "sat"))), "utf-8")
    first, second, third, other = (moment.id for moment in moments(table))
    assert (second, third) == (f"{first}-2", f"{first}-3")
    assert not other.startswith(first)


def test_an_id_that_stands_twice_is_a_fault(table: Path) -> None:
    told = fault(table, "moment_id,dog,when", "a,Rex,2026-03-01 18:30", "a,Rex,2026-03-02 18:30")
    assert told == "row 3, column moment_id: The id a stands in row 2 too."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(("separator", "end"), [(",", "\n"), (";", "\r\n"), ("\t", "\r")])
def test_every_usual_encoding_and_separator_is_read(table: Path, encoding: str, separator: str, end: str) -> None:
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    lines = [("dog", "when", "text"), ("Rex", "2026-03-01 18:30", "Er lehnte sich an – schön 🐕")]
    table.write_bytes((mark + end.join(separator.join(line) for line in lines)).encode(encoding))
    assert moments(table)[0].text == "Er lehnte sich an – schön 🐕."[:-1]


def test_our_own_table_saved_by_a_spreadsheet_is_read(table: Path) -> None:
    plain = written("csv", outgoing()).decode().replace("2026-02-27T18:30:00+01:00", "27/02/2026 18:30")
    table.write_bytes(plain.replace("wiggles@0.62", "presents").encode("utf-8-sig"))
    found = moments(table)[0]
    assert found.when == LEAN.when
    assert found.cues[0] == Observation("rump", "presents")
    assert found.cues[1:] == LEAN.cues[1:]


def test_spans_are_dropped_when_the_account_was_changed(table: Path) -> None:
    table.write_bytes(written("csv", outgoing()).replace(b"my legs", b"her legs"))
    assert moments(table)[0].cues == (replace(LEAN.cues[0], span=None), *LEAN.cues[1:])


def test_cues_are_heard_in_the_account_when_that_is_wished(table: Path) -> None:
    def hear(text: str) -> tuple[Observation, ...]:
        assert text == "He leaned. I sighed."
        return Observation("part", "side", 0.8, "words", (3, 9)), Observation("arrival", "no", 0.6, "words")

    found = one(
        table,
        "dog,when,Behaviour,Consequence,arrival",
        "Rex,2026-03-01 18:30,He leaned,I sighed,y",
        wishes=replace(BERLIN, hear=hear),
    )
    assert found.cues == (Observation("arrival", "yes"), Observation("part", "side", 0.8, "words", (3, 9)))


def test_what_rows_do_not_tell_can_be_wished(table: Path) -> None:
    found = one(
        table, "when", "2026-03-01 18:30", wishes=replace(BERLIN, dog="rex", leaned_on="ANNA", logged_by="person-ben")
    )
    assert (found.dog, found.leaned_on, found.logged_by) == (REX.id, ANNA.id, "person-ben")


@pytest.mark.parametrize(
    ("cells", "when", "zone"),
    [
        ("2026-03-01 18:30,", "2026-03-01T18:30:00+01:00", "Europe/Berlin"),
        ("2026-03-01 18:30,America/New_York", "2026-03-01T18:30:00-05:00", "America/New_York"),
        ("2026-03-01T18:30+01:00,", "2026-03-01T18:30:00+01:00", "Europe/Berlin"),
        ("2026-03-01T18:30+05:30,", "2026-03-01T18:30:00+05:30", "+05:30"),
        ("2026-03-01T18:30Z,Asia/Tokyo", "2026-03-01T18:30:00+00:00", "Asia/Tokyo"),
    ],
)
def test_the_zone_is_that_of_the_row_or_else_the_one_that_is_wished(
    table: Path, cells: str, when: str, zone: str
) -> None:
    found = one(table, "dog,when,zone", f"Rex,{cells}")
    assert (found.when.isoformat(), found.zone) == (when, zone)


def test_an_end_that_is_a_time_of_day_may_lie_past_midnight(table: Path) -> None:
    found = one(table, "dog,when,end", "Rex,2026-03-01 23:58,0:03")
    assert found.ended == found.when + timedelta(minutes=5)


def test_the_account_is_told_in_order_and_beside_a_text_of_its_own(table: Path) -> None:
    found = one(
        table, "consequence,behaviour,antecedent,text,dog,when", "I left!,He leaned,I sat,So.,Rex,2026-03-01 18:30"
    )
    assert found.text == "So. I sat. He leaned. I left!"


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("rump", "wigles", "column rump: The cue 'rump' has no value 'wigles'. It can be: still, wiggles, presents."),
        ("Severity", "7", "The severity is 7; it goes from 0 (a touch) to 3 (somebody was hurt)."),
        ("Severity", "bad", "column Severity: 'bad' is not a whole number."),
        ("Fell", "perhaps", "column Fell: 'perhaps' is neither yes nor no."),
        ("end", "2026-01-01 10:00", "The moment ends at"),
        ("end", "later", "column end: 'later' is not a time of the day, such as 18:30."),
        ("How long", "a while", "column How long: 'a while' is not a length of time, such as 2 min."),
        ("zone", "Mars", "column zone: There is no time zone 'Mars'."),
        ("moment_id", "a b", "column moment_id: The id of a moment 'a b' cannot be used"),
        ("logged", "once", "column logged: 'once' is not a day with a time"),
        ("details", "{}x", "column details: It is not as Houndsight wrote it."),
        ("details", '{"cues":[["rump",1,2,3]]}', "column details: It is not as Houndsight wrote it."),
        ("person", "Luna", ""),
        (
            "tags",
            "x" * 201,
            "column tags: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' and so on has 201 characters; it can have 200.",
        ),
        ("own:song", "x" * 201, "column own:song: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' and so on has 201 characters"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_by_row_and_column(table: Path, heading: str, cell: str, told: str) -> None:
    table.write_text(f'dog,when,{heading}\nRex,2026-03-01 18:30,"{cell.replace(chr(34), chr(34) * 2)}"\n', "utf-8")
    found = [str(one_) for one_ in faults(table, BERLIN)]
    assert [line.startswith("row 2") and told in line for line in found] == [True] * bool(told)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",2026-03-01 18:30", "row 2, column dog: It names no dog."),
        ("Rex,", "row 2, column when: It is empty, and tells no time."),
        ("Rex,2026-03-01", "row 2, column when: '2026-03-01' tells the day and no time of the day"),
        ("Rex,03/04/2026 8:00", "day first or with the month first; say which"),
        ("Luna,2026-03-01 18:30", "The dog 'Luna' is in the trash; take dog-luna out of it first."),
        ("dog-luna,2026-03-01 18:30", "The dog 'Luna' is in the trash; take dog-luna out of it first."),
        ("Rex,2026-03-01 18:30,x,y", "row 2: It has 4 cells and the table 2 columns."),
    ],
)
def test_a_row_that_lacks_something_is_told(table: Path, row: str, told: str) -> None:
    assert told in fault(table, "dog,when", row)


def test_a_name_of_several_asks_for_the_id(table: Path) -> None:
    table.write_text("dog,when\nrex,2026-03-01 18:30\n", "utf-8")
    both = replace(home(), dogs=(REX, replace(REX, id="dog-2"), LUNA))
    with open_csv(table, both, BERLIN, lambda _: None) as incoming:
        assert "more than one dog; write the id: dog-rex, dog-2" in str(incoming.faults[0])


def test_good_rows_beside_faulty_ones_stay_good(table: Path) -> None:
    table.write_text("dog,when\nRex,2026-03-01 18:30\nBella,soon\nRex,2026-03-02 18:30\n", "utf-8")
    with open_csv(table, home(), BERLIN, lambda _: None) as incoming:
        assert list(incoming.rows.values()) == [2, 4]
        assert [one_.row for one_ in incoming.faults] == [3]
        assert incoming.new_dogs == ()
        assert len(list(incoming.records())) == 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "log.csv is empty."),
        (b"\r\n\r\n", "log.csv is empty."),
        (b"dog,mood\nRex,fine\n", "log.csv: The table has no column that tells when"),
        (b"dog,when\nRex,2026\nR\xe4x,2026\n", "log.csv: line 3 is not in the signs of UTF-8"),
        (b'dog,when\n"Rex' + b"x" * (17 << 20), "Is there a quotation mark that is not closed?"),
    ],
)
def test_a_file_that_is_no_table_of_moments_is_told(table: Path, data: bytes, told: str) -> None:
    table.write_bytes(data)
    with pytest.raises(InputError) as refused:
        faults(table)
    assert told in str(refused.value)


def test_a_file_that_is_not_there_and_a_zone_that_is_none_are_told(table: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened: No such file"):
        faults(table)
    with pytest.raises(InputError, match="There is no time zone 'Nowhere'"):
        faults(SAMPLE, Wishes(zone="Nowhere"))


def test_the_limit_of_a_cell_is_put_back_after_reading() -> None:
    import csv  # noqa: PLC0415

    before = csv.field_size_limit()
    moments(SAMPLE)
    assert csv.field_size_limit() == before


def ids(found: Sequence[Moment]) -> list[str]:
    return [moment.id for moment in found]


def test_our_own_ids_are_kept(table: Path) -> None:
    table.write_bytes(written("csv", outgoing(ALL)))
    assert ids(moments(table)) == ["moment-1", "moment-2"]
    assert moments(table)[0].when == EVENING


def test_our_own_table_is_not_listened_to(table: Path) -> None:
    table.write_bytes(written("csv", outgoing(ALL)))
    heard = Observation("tail", "low", 0.5, "words")
    assert moments(table, replace(BERLIN, hear=lambda _: (heard,)))[0].cues == LEAN.cues
