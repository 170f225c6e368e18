"""Loading the data files: whole ones give a knowledge base, broken ones give all their faults at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from houndsight import KnowledgeError
from houndsight.knowledge.load import DATA, load

FILES = sorted(p.relative_to(DATA).as_posix() for p in DATA.rglob("*") if p.suffix in (".csv", ".toml"))
Edit = Callable[[str, str, str], None]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def edit(copy: Path) -> Edit:
    """Replaces the first `old` of a file by `new`; there must be one."""

    def replace(file: str, old: str, new: str) -> None:
        text = (copy / file).read_text("utf-8")
        assert old in text, f"{file} holds no {old!r}"
        (copy / file).write_text(text.replace(old, new, 1), "utf-8")

    return replace


ROW = next(
    line
    for line in (DATA / "tables/likelihoods.csv").read_text("utf-8").splitlines()
    if line.startswith("arrival,yes,greeting,")
)
"""The row that the faults below are put into, whatever its number is today."""
CELL, GRADE = ROW.split(",")[3:5]


def append(copy: Path, file: str, line: str) -> None:
    with (copy / file).open("a", encoding="utf-8") as lines:
        lines.write(f"{line}\n")


def faults(copy: Path) -> tuple[str, ...]:
    with pytest.raises(KnowledgeError) as caught:
        load(copy)
    return caught.value.faults


def has(found: tuple[str, ...], file: str, words: str) -> bool:
    """Whether some fault of the file says these words."""
    return any(fault.startswith(file) and words in fault for fault in found)


# Whole ----------------------------------------------------------------------------------------------------------------


def test_the_real_files_load_with_eight_motives() -> None:
    assert load().motives == (
        "greeting", "claim", "attention", "security", "scratch", "request", "comfort", "physical",
    )  # fmt: skip


def test_a_copy_is_the_same_knowledge(copy: Path) -> None:
    assert load(copy).label == load().label


def test_a_second_call_gives_the_same_record() -> None:
    assert load() is load()


def test_every_distribution_sums_to_1_and_shuts_nothing_out() -> None:
    for row in load().tables.rows.values():
        assert sum(row.probabilities) == pytest.approx(1, abs=1e-9), row.key
        assert min(row.probabilities) > 0, row.key


def test_every_response_has_a_utility_for_every_motive_and_scolding_is_always_harmful() -> None:
    knowledge = load()
    assert knowledge.utilities.keys() == {(r, m) for r in knowledge.responses for m in knowledge.motives}
    assert {knowledge.utilities["scolded", motive].value for motive in knowledge.motives} == {-2}


@pytest.mark.parametrize("file", FILES)
def test_the_fingerprint_changes_with_any_file(copy: Path, file: str) -> None:
    path = copy / file
    if file.endswith(".toml"):
        append(copy, file, "# a word more")
    else:  # quotes around the last heading change the bytes and nothing else
        head, _, rest = path.read_text("utf-8").partition("\n")
        first, _, last = head.rpartition(",")
        path.write_text(f'{first},"{last}"\n{rest}', "utf-8")
    assert load(copy).digest != load().digest


def test_the_fingerprint_does_not_change_with_a_file_that_is_no_data(copy: Path) -> None:
    (copy / "notes.txt").write_text("not read")
    assert load(copy).digest == load().digest


# Broken ---------------------------------------------------------------------------------------------------------------


def test_all_faults_are_told_at_once_with_file_and_key(copy: Path, edit: Edit) -> None:
    edit("tables/likelihoods.csv", ROW, ROW.replace(CELL, "0.0123"))
    edit("tables/likelihoods.csv", "rehn2011;rehn2014", "rehn2011;nobody1999")
    edit("wording/en/flags.toml", "[rf_collapse]", "[rf_colapse]")
    edit("rules/flags.csv", "rf_growl,voice=growl", "rf_growl,vioce=growl")
    edit("rules/plan.csv", "step_2,5,4,3,5", "step_2,5,3,4,5")
    edit("tables/cues.csv", "tail,body,state,2,1", "tail,body,state,2,1\ntail,body,state,2,1")
    (copy / "rules" / "tests.csv").unlink()
    (copy / "sources" / "claims.csv").write_text(
        "\ufeff" + (copy / "sources" / "claims.csv").read_text("utf-8"), "utf-8"
    )
    append(copy, "wording/en/vetoes.toml", "[no_hands")
    found = faults(copy)
    assert has(
        found,
        "tables/likelihoods.csv:",
        f"arrival, greeting: the probabilities must all be above 0 and sum to 1; they sum to {1 - float(CELL) + 0.0123:.4f}",
    )
    assert has(found, "tables/likelihoods.csv:", "there is no citation 'nobody1999'")
    assert has(found, "wording/en/flags.toml: rf_collapse", "has no words yet")
    assert has(found, "wording/en/flags.toml: rf_colapse", "is not an id of the tables")
    assert has(found, "rules/flags.csv:", "there is no cue 'vioce' (in 'vioce=growl')")
    assert has(found, "rules/plan.csv:", "step_2: wanted stick < push <= child_push <= set_size")
    assert has(found, "tables/cues.csv:", "the cue 'tail' stands twice")
    assert has(found, "rules/tests.csv", "is missing or cannot be opened")
    assert has(found, "sources/claims.csv", "starts with a byte order mark")
    assert has(found, "wording/en/vetoes.toml", "is not well-formed TOML")


def test_the_error_counts_its_faults_and_lists_each(copy: Path) -> None:
    (copy / "rules" / "plan.csv").unlink()
    with pytest.raises(KnowledgeError) as caught:
        load(copy)
    first, *rest = str(caught.value).splitlines()
    assert first == f"The knowledge files have {len(rest)} faults:"
    assert tuple(line.strip() for line in rest) == caught.value.faults


def test_a_folder_that_is_empty_names_every_file_that_is_wanted(tmp_path: Path) -> None:
    found = faults(tmp_path)
    wanted = [file for file in FILES if not file.startswith(("lexicon/", "learned/"))]
    assert [file for file in wanted if not has(found, file, "is missing or cannot be opened")] == []


EDITS = {
    "number that is none": (
        "tables/likelihoods.csv", f"greeting,{CELL}", "greeting,often", "'often' is not a number from 0 to 1"),
    "number that is nan": (
        "tables/likelihoods.csv", f"greeting,{CELL}", "greeting,nan", "'nan' is not a number from 0 to 1"),
    "probability of nothing": (
        "tables/likelihoods.csv", f"greeting,{CELL}", "greeting,0.0000", "must all be above 0"),
    "unknown value": (
        "tables/likelihoods.csv", "arrival,yes,greeting", "arrival,si,greeting", "wanted once each: yes, no"),
    "unknown motive": (
        "tables/likelihoods.csv", "arrival,yes,greeting", "arrival,yes,hello", "names an unknown cue, motive"),
    "unknown grade": ("tables/likelihoods.csv", f"{CELL},{GRADE}", f"{CELL},E", "there is no grade 'E'"),
    "row with a cell too many": (
        "tables/values.csv", "arrival,yes,1", "arrival,yes,1,2", "has 4 cells; 3 are wanted"),
    "value twice": ("tables/values.csv", "arrival,yes,1", "arrival,yes,1\narrival,yes,1", "arrival=yes stands twice"),
    "value of no cue": ("tables/values.csv", "arrival,yes,1", "arival,yes,1", "arival is not a cue"),
    "other columns": ("tables/values.csv", "cue,value,since", "cue,value", "the columns must be cue,value,since"),
    "quote left open": ("tables/values.csv", "arrival,yes,1", 'arrival,"yes,1', "is not well-formed CSV"),
    "unknown group": ("tables/cues.csv", "arrival,context", "arrival,scene", "there is no group 'scene'"),
    "unknown way of reading": ("tables/cues.csv", "tail,body,state", "tail,body,mood", "there is no read_by 'mood'"),
    "cost out of range": ("tables/cues.csv", "arrival,context,motive,1", "arrival,context,motive,9", "'9' is not"),
    "priors that do not add up": (
        "tables/motives.csv", "greeting,0.1200", "greeting,0.1300", "the priors do not sum to 1"),
    "prior outside its range": (
        "tables/motives.csv", "greeting,0.1200,0.0600,", "greeting,0.1200,0.1600,", "lies outside 0.16 to"),
    "scolding rewarded": ("tables/responses.csv", "scolded,greeting,-2", "scolded,greeting,1", "utility must be -2"),
    "scolding a little": ("tables/responses.csv", "scolded,greeting,-2", "scolded,greeting,-1", "utility must be -2"),
    "utility missing": ("tables/responses.csv", "petted,greeting,2", "petted,claim,2", "petted, greeting: missing"),
    "unknown urgency": ("rules/flags.csv", ",now,vet,", ",today,vet,", "there is no urgency 'today'"),
    "unknown person": ("rules/flags.csv", ",now,vet,", ",now,doctor,", "there is no who 'doctor'"),
    "flag that asks in vain": (
        "rules/flags.csv", "rf_bloat,bloat=yes", "rf_bloat,ill=yes", "its own condition does not look at"),
    "flag that covers none": ("rules/flags.csv", "rf_ill;rf_sudden", "rf_il;rf_sudden", "there is no flag 'rf_il'"),
    "flag twice": ("rules/flags.csv", "rf_bloat,", "rf_collapse,", "'rf_collapse' stands twice"),
    "veto of nothing known": ("rules/vetoes.csv", "petted;scratched", "patted;scratched", "no response 'patted'"),
    "scolding allowed": ("rules/vetoes.csv", "TRUE,,anyone,scolded", "TRUE,,anyone,shooed", "must block scolded"),
    "plan out of order": ("rules/plan.csv", "step_2,", "step_9,", "step_0, step_1 and so on"),
    "test for no motive": ("rules/tests.csv", "t_claim,claim", "t_claim,rank", "there is no motive 'rank'"),
    "motive without a test": ("rules/tests.csv", "t_claim,claim", "t_claim,scratch", "there is no test for claim"),
    "source shown unconfirmed": (
        "sources/citations.csv", ",seen,no,", ",unconfirmed,yes,", "may not be shown while its status is unconfirmed"),
    "claim with no verdict": ("sources/claims.csv", "S01,unsupported", "S01,perhaps", "there is no verdict 'perhaps'"),
    "question of no claim": ("sources/owner_questions.csv", "S01;S02", "S99;S02", "there is no claim 'S99'"),
    "model key missing": ("model.toml", "seed = 20", "", "model.toml: a key is missing, unknown or of the wrong kind"),
    "model key unknown": ("model.toml", "seed = 20", "seed = 20\nsalt = 1", "a key is missing, unknown or"),
    "block of no cue": ("model.toml", '"part", "facing"', '"parts", "facing"', "there is no cue 'parts'"),
    "words empty": ("wording/en/motives.toml", 'name = "greeting"', 'name = " "', "name is empty"),
    "words with a key too many": (
        "wording/en/motives.toml", 'name = "greeting"', 'name = "greeting"\nnick = "hello"', "nick is not a known key"),
    "reason missing": ("wording/en/responses.toml", "greeting = ", "greting = ", "gives no reason for greeting"),
    "answer missing": ("wording/en/cues.toml", "[arrival.values.yes]", "[arrival.values.si]", "yes: has no words yet"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "words"), EDITS.values(), ids=list(EDITS))
def test_a_fault_is_told_with_its_file(copy: Path, edit: Edit, file: str, old: str, new: str, words: str) -> None:
    edit(file, old, new)
    told = [fault for fault in faults(copy) if fault.startswith(file) and words in fault]
    assert told


@pytest.mark.parametrize("file", ["tables/values.csv", "model.toml", "wording/en/cues.toml", "rules/flags.csv"])
def test_a_file_that_is_not_utf_8_is_named(copy: Path, file: str) -> None:
    (copy / file).write_bytes((copy / file).read_bytes() + b"# \xff\n")
    assert has(faults(copy), file, "is not UTF-8 (byte")


@pytest.mark.parametrize("file", FILES)
def test_a_file_cut_to_nothing_is_a_fault_and_never_a_crash(copy: Path, file: str) -> None:
    (copy / file).write_text("")
    if not file.startswith(("lexicon/", "learned/")):
        assert has(faults(copy), file.partition("/")[0], "")


WRONG_KINDS = {
    "number where a motive's words belong": ("wording/en/motives.toml", "[greeting]", "greeting = 1\n[hello]"),
    "number where a value's words belong": (
        "wording/en/cues.toml", "[arrival.values.yes]", "[arrival.values]\nyes = 1\n[arrival_yes]"),
    "number where a sentence belongs": ("wording/en/cues.toml", 'name = "arrival"', "name = 5"),
    "text where reasons belong": ("wording/en/responses.toml", "[petted.because]", 'because = "kind"\n[reasons]'),
    "number where screen words belong": ("wording/en/screen.toml", "[flags]", "flags = 3\n[flag]"),
    "screen words missing": ("wording/en/screen.toml", 'now = "Now"', ""),
    "screen words with an unknown gap": ("wording/en/screen.toml", "{meaning} I am fairly", "{maening} I am fairly"),
    "number where states belong": ("model.toml", "states = [", "states = 5 # ["),
    "text where a count belongs": ("model.toml", "count = 400", 'count = "many"'),
    "count below nothing": ("model.toml", "count = 400", "count = -3"),
    "share above 1": ("model.toml", "clear_share = 0.90", "clear_share = 90"),
    "text where a limit belongs": ("model.toml", "worth_bits = 0.03", 'worth_bits = "some"'),
    "class of cost without a price": ("model.toml", "\n1 = 1.0", "\n7 = 1.0"),
    "utility that is no whole number": ("tables/responses.csv", "petted,greeting,2", "petted,greeting,1.7"),
    "perhaps where yes or no belongs": ("rules/tests.csv", ",8,no,", ",8,perhaps,"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new"), WRONG_KINDS.values(), ids=list(WRONG_KINDS))
def test_a_value_of_the_wrong_kind_is_a_fault_and_no_crash(
    copy: Path, edit: Edit, file: str, old: str, new: str
) -> None:
    edit(file, old, new)
    assert has(faults(copy), file, "")
