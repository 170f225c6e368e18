"""What the words sense hears in short accounts, and what it must not hear."""

from __future__ import annotations

import pytest

from houndsight.errors import InputError
from houndsight.records.observation import Heard
from houndsight.senses.protocol import WordsSense
from houndsight.senses.words.hear import LONGEST, Ear

EARS = {"trained ear": Ear.load(), "phrases alone": Ear.load(trained=False)}


@pytest.fixture(params=EARS)
def ear(request: pytest.FixtureRequest) -> Ear:
    """Every account is heard by the trained ear, and by the phrases that it listens to among other things."""
    return EARS[request.param]


def heard(text: str, ear: Ear) -> dict[str, str]:
    return {one.cue: one.value for one in ear(text).observations}


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        (
            "My dane leans his full weight against my legs while I'm cooking dinner.",
            "leans_on=owner pressure=heavy person_state=busy",
        ),
        (
            "Soon as I get home from work she sits on my feet, tail wagging.",
            "arrival=yes part=sits_on_feet tail=loose_wag leans_on=owner",
        ),
        ("He leans on me with his backside", "leans_on=owner part=backside"),
        ("At the vet she hides behind my legs, panting.", "place=clinic position=behind mouth=panting"),
        (
            "During thunderstorms he glues himself to me and trembles for hours.",
            "trigger=noise tension=trembling duration=sustained",
        ),
        ("He pushes in between me and my husband when we hug.", "position=in_between person_state=petting_other"),
        (
            "We were queueing outside the bakery and he leaned on a complete stranger.",
            "place=shop leans_on=visitor other_people=visitors",
        ),
        (
            "He wants a butt scratch, so he backs up and shoves his rear at me.",
            "rump=presents part=backside believes=scratch",
        ),
        ("when its cold he presses on my leg", "warmth=cold leans_on=owner"),
        ("I told him off but he came straight back.", "response=scolded"),
        (
            "She's 13 and lately she leans on the wall, back legs wobbly",
            "age=senior onset=sudden leans_on_things=yes mobility=impaired",
        ),
        ("i was crying on the sofa n he put his head on my knee", "person_state=upset part=head place=home"),
        ("The hall was packed with dogs and he leaned on me", "other_dogs=unfamiliar leans_on=owner"),
        ("There was a big dog right behind us and he leaned on me", "other_dogs=unfamiliar"),
        ("two big dogs behind us and he leaned on me", "other_dogs=unfamiliar"),
        ("there was a dog we don't know and he leaned on my leg", "other_dogs=unfamiliar leans_on=owner"),
        ("he leaned on me shaking a bit", "tension=trembling"),
        ("he leaned on me, shivering", "tension=trembling"),
        ("trembling slightly, she leaned on my leg", "tension=trembling"),
        ("She turned round and leaned her bum on me", "part=backside leans_on=owner"),
        ("He keeps pushing his bum into my hand", "rump=presents"),
    ],
)
def test_an_account_in_plain_words_gives_its_cues(text: str, cues: str, ear: Ear) -> None:
    found = heard(text, ear)
    for pair in cues.split():
        cue, value = pair.split("=")
        assert found.get(cue) == value, (cue, found)


@pytest.mark.parametrize(
    ("text", "cue", "value"),
    [
        ("Haha he growled at my daughter when she sat down, so funny", "voice", "growl"),
        ("He makes this cute rumbling noise in his chest when my brother comes near 😂", "voice", "growl"),
        ("such a clown, he bit my friend on the hand", "bitten", "yes"),
        ("he snapped at the toddler but he's a sweetie", "bitten", "yes"),
        ("he nipped my son", "bitten", "yes"),
        ("bless him he's a bit wobbly on his back legs", "mobility", "impaired"),
        ("He is limping since Tuesday", "mobility", "impaired"),
        ("she collapsed on a walk yesterday", "collapse", "yes"),
        ("he had a fit last night", "collapse", "yes"),
        ("he yelps when i touch his hips", "pain", "yes"),
        ("She scoots her bum along the carpet", "rear_discomfort", "yes"),
        ("always licking at the base of his tail", "rear_discomfort", "yes"),
        ("He has started leaning on me out of nowhere", "onset", "sudden"),
        ("Lately he leans on me a lot", "onset", "sudden"),
        ("My toddler loves it when he leans", "frail", "yes"),
        ("We live with my gran, she is frail", "frail", "yes"),
        ("He knocked my son over, he just loves kids", "knocks_over", "yes"),
        ("He's off his food and leans on me", "ill", "yes"),
        ("been vomiting since Sunday", "ill", "yes"),
        ("He is drinking loads more than usual", "thirst_hunger", "yes"),
        ("she wets the bed without noticing", "lost_control", "yes"),
        ("He presses his head against the wall and stays there", "head_press", "yes"),
        ("keeps falling over to the left", "balance", "yes"),
        ("retching but nothing comes up, belly tight as a drum", "bloat", "yes"),
        ("His gums were white and he was struggling to breathe", "breathing", "yes"),
        ("there is blood in his poo", "rear_bad", "yes"),
        ("bald patches and scabs above the tail", "skin", "yes"),
        ("He squats and squats but only a few drops come", "straining", "yes"),
        ("She howls when we leave her alone", "alone_distress", "yes"),
        ("he freezes when the baby crawls over", "freezes", "yes"),
        ("He swallowed a sock on Friday", "eaten_something", "yes"),
        ("He leaned on grandma and she fell over", "knocks_over", "yes"),
        ("He leaned on grandma and she fell over", "frail", "yes"),
        ("he throws his weight against her. She's 81 and went flat on her back", "knocks_over", "yes"),
        ("he throws his weight against her. She's 81 and went flat on her back", "frail", "yes"),
        ("bumped into nan's legs and she fell down the step", "knocks_over", "yes"),
        ("leaned on my toddler and she went flying", "knocks_over", "yes"),
        ("My dog has stopped eating and drinking and is leaning on me all day", "ill", "yes"),
        ("he collapsed against me and was twitching", "collapse", "yes"),
        ("gave my niece a wee nip", "bitten", "yes"),
        ("shoved her rear into my 2 year old who fell on his face", "knocks_over", "yes"),
        ("shoved her rear into my 2 year old who fell on his face", "leans_on", "child"),
        ("shoved her rear into my 2 year old who fell on his face", "other_people", "children"),
        ("limps on her back left leg", "mobility", "impaired"),
        ("Rufus growled at the postman and leaned on me", "voice", "growl"),
        ("Rufus growled while he leaned on me", "voice", "growl"),
        ("He growled, then leaned on Molly", "voice", "growl"),
    ],
)
def test_words_that_matter_for_safety_are_never_lost(text: str, cue: str, value: str, ear: Ear) -> None:
    assert heard(text, ear).get(cue) == value


@pytest.mark.parametrize(
    ("text", "cue", "value"),
    [
        ("He never growled at anybody.", "voice", "growl"),
        ("He leans on my leg, no limp, nothing.", "mobility", "impaired"),
        ("He didn't even shake during the fireworks.", "tension", "trembling"),
        ("She has never bitten anyone.", "bitten", "yes"),
        ("No scooting, the vet checked.", "rear_discomfort", "yes"),
        ("She never leans on guests.", "leans_on", "visitor"),
        ("My other dog growls, but Rex just leans on me.", "voice", "growl"),
        ("I was shaking and he leaned on me.", "tension", "trembling"),
        ("I'm leaning toward lying about the breed.", "leans_on", "owner"),
        ("Anyone feeding lean ground turkey to a mastiff?", "leans_on", "owner"),
        ("Why do dogs lean on people? Do dogs growl?", "voice", "growl"),
        ("He used to lean on me.", "leans_on", "owner"),
        ("My mum says he's being dominant.", "believes", "dominance"),
        ("He stood there with a noise like a kettle outside.", "trigger", "noise"),
        ("he throws his weight against her. She's 81 and went flat on her back", "position", "behind"),
        ("shoved her rear into my 2 year old who fell on his face", "age", "adult"),
        ("I was so scared he would bite", "bitten", "yes"),
        ("My other dog bit him", "bitten", "yes"),
        ("Rufus growled, while Molly just leaned on me", "voice", "growl"),
        ("Never so much as nipped anyone, he just leans on me", "bitten", "yes"),
        ("Ever growled at a child? No. He just leans on me.", "voice", "growl"),
        ("limps on her back left leg", "position", "behind"),
        ("limps on her back left leg", "leans_on", "family"),
        ("She turned round and leaned her bum on me", "rump", "presents"),
        ("He is quite heavy when he leans on me", "pressure", "light"),
    ],
)
def test_what_is_denied_or_somebody_elses_or_a_figure_of_speech_is_not_heard(
    text: str, cue: str, value: str, ear: Ear
) -> None:
    assert heard(text, ear).get(cue) != value


def test_a_stated_absence_is_a_value(ear: Ear) -> None:
    found = heard("He leaned on me. Nobody else was there, no other dogs about.", ear)
    assert (found["other_people"], found["other_dogs"]) == ("none", "none")


def test_what_is_not_said_is_not_heard(ear: Ear) -> None:
    assert heard("He leaned on me.", ear) == {"leans_on": "owner"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He leans on me when my wife comes near. He's so jealous.", "jealous"),
        ("I think he's protecting me.", "protective"),
        ("He leans on me because he's scared of the vacuum", "security"),
        ("My sister thinks he's being dominant but I reckon he just wants attention.", "attention"),
    ],
)
def test_the_tellers_own_theory_is_a_witness(text: str, value: str, ear: Ear) -> None:
    assert heard(text, ear)["believes"] == value


def test_a_hedge_lowers_the_confidence(ear: Ear) -> None:
    def sure(text: str) -> float:
        return next(one.confidence for one in ear(text).observations if one.cue == "tail")

    assert sure("I think his tail was tucked") < sure("His tail was tucked")


def test_who_him_is_was_said_before(ear: Ear) -> None:
    assert heard("The plumber came and he leaned on him.", ear)["leans_on"] == "visitor"
    assert heard("My husband sat down and the dog leaned on him.", ear)["leans_on"] == "family"


def test_a_teller_at_work_is_a_visitor(ear: Ear) -> None:
    assert heard("I am a groomer. The spaniel leaned on my leg the whole time.", ear)["leans_on"] == "visitor"


def test_two_moments_in_one_account_are_kept_apart(ear: Ear) -> None:
    told = "At the vet he hides behind my legs, trembling. Another time at the park he leaned on a stranger with his tail wagging."
    found = ear(told)
    assert [one.value for one in found.observations if one.cue == "place"] == ["clinic"]
    assert len(found.further) == 1
    assert {one.cue for one in found.further[0].observations} >= {"leans_on", "tail"}


def test_nothing_said_gives_nothing(ear: Ear) -> None:
    assert ear("") == Heard()


def test_an_account_without_a_lean_says_so(ear: Ear) -> None:
    assert not ear("Does anybody know a good groomer in Leith?").heard_lean
    assert ear("Then he leaned.").heard_lean


def test_a_text_above_the_limit_is_refused_with_a_sentence(ear: Ear) -> None:
    with pytest.raises(InputError, match="at most 20,000"):
        ear("a" * (LONGEST + 1))


def test_the_ear_is_a_words_sense(ear: Ear) -> None:
    assert isinstance(ear, WordsSense)
    assert ear("He leaned on me.").heard_lean


@pytest.mark.parametrize(
    "text",
    [
        "My dog ate a whole sandwich and slept on the sofa for three hours",
        "He lay on the grass",
        "She slept on a cushion",
        "He sat on the mat",
    ],
)
def test_lying_about_or_coming_back_is_no_lean(text: str, ear: Ear) -> None:
    assert not ear(text).heard_lean


@pytest.mark.parametrize("text", ["He keeps coming back to the garden to dig", "She limps on her back left leg"])
def test_the_phrases_take_no_other_return_or_leg_for_a_lean(text: str) -> None:
    """The trained ear does, for want of such sentences among its accounts (docs/hearing.md)."""
    assert not EARS["phrases alone"](text).heard_lean


@pytest.mark.parametrize(
    "text", ["He slept on my feet", "He backs up to me", "she lies against the radiator", "He sat on gran's lap"]
)
def test_a_body_that_is_brought_to_somebody_or_against_a_thing_is_a_lean(text: str, ear: Ear) -> None:
    assert ear(text).heard_lean


@pytest.mark.parametrize(
    "text",
    [
        "<p>He <b>leaned</b> on me</p>",
        "[21:14] Ana: he leaned on me\n[21:15] Ben: lol",
        "HE LEANED ON ME!!! 😂😂",
        "he\x00 leaned\u200b on me\x07",
        "Er lehnte sich an. he leaned on me. Он прислонился.",
    ],
)
def test_markup_chat_logs_capitals_and_odd_signs_do_not_hide_a_lean(text: str, ear: Ear) -> None:
    assert heard(text, ear)["leans_on"] == "owner"
