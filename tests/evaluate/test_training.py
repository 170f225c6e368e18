"""Training the ear: the network of NumPy and that of JAX are one, and what is learned is heard."""

from __future__ import annotations

import jax
import numpy as np
import pytest

from houndsight.errors import InputError
from houndsight.evaluate.accounts import LabelledAccount, LabelledCue
from houndsight.evaluate.training.ear import fingerprint, word_classes
from houndsight.evaluate.training.examples import Example, example, heading
from houndsight.evaluate.training.network import forward, initial
from houndsight.evaluate.training.train import batched, train
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.ear import Head, TrainedEar, pack, unpack
from houndsight.knowledge.lexicon import Lexicon, load_lexicon
from houndsight.senses.words.deciding import chances
from houndsight.senses.words.network import listen

TEXTS = {
    "place": ("clinic", "at the vet", ("He leaned on me at the vet today.", "We sat at the vet, he leaned and shook.")),
    "voice": ("growl", "growled", ("He leaned and growled at the cat.", "Rex growled when she came near us.")),
    "arrival": ("yes", "came home", ("When I came home he leaned on me.", "I came home and he backed into me.")),
}


@pytest.fixture(scope="module")
def accounts(train: tuple[LabelledAccount, ...]) -> list[LabelledAccount]:
    """Thirty accounts of the training file and six that tell one thing each, many times."""
    plain = [
        LabelledAccount(f"{cue}{n}{again}", text, (LabelledCue(cue, value, span),), see_vet=None)
        for cue, (value, span, texts) in TEXTS.items()
        for n, text in enumerate(texts)
        for again in range(8)
    ]
    return [*train[:30], *plain]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def head(accounts: list[LabelledAccount], lexicon: Lexicon, knowledge: Knowledge) -> Head:
    return heading(accounts, lexicon, knowledge.vocabulary, {"leg": (0, 2), "sofa": (1,)})


@pytest.fixture(scope="module")
def examples(accounts: list[LabelledAccount], lexicon: Lexicon, head: Head) -> list[Example]:
    return [example(account, lexicon, head) for account in accounts]


@pytest.fixture(scope="module")
def net(examples: list[Example], head: Head) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    return dict(train_some(examples, head))


def train_some(examples: list[Example], head: Head) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    return dict(train(examples, head, seed=3, epochs=40, hidden=32))


def test_numpy_hears_what_jax_hears(examples: list[Example], head: Head) -> None:
    params = initial(5, head, 24)
    net = {name: np.asarray(weights) for name, weights in params.items()}
    some = examples[:24]
    z, lean, _ = jax.jit(forward)(params, batched(some))
    for i, one in enumerate(some):
        mine, my_lean = listen(one.found, net)
        assert mine == pytest.approx(np.asarray(z[i, : len(one.found)]), abs=1e-4)
        assert my_lean == pytest.approx(float(lean[i]), abs=1e-4)


def test_what_was_taught_is_heard_at_its_words(
    examples: list[Example],
    accounts: list[LabelledAccount],
    head: Head,
    net: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]],
) -> None:
    ear = TrainedEar(head, (net,))
    for one, account in zip(examples[30:], accounts[30:], strict=True):
        heard = chances(one.found, ear)
        k = head.pairs.index((account.cues[0].cue, account.cues[0].value))
        assert heard.account[k] > 0.5
        assert one.told[int(heard.words[:, k].argmax()), k] == 1


def test_training_is_the_same_every_time(
    examples: list[Example], head: Head, net: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]
) -> None:
    again = train_some(examples, head)
    assert all((again[name] == net[name]).all() for name in net)


def test_the_file_keeps_the_ear(head: Head, net: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]) -> None:
    ear = TrainedEar(head, (net, net))
    raw = pack(ear)
    read = unpack(raw)
    assert read.head == head
    assert len(read.nets) == 2
    for name, weights in net.items():
        finest = np.abs(weights).max() / 127
        assert np.abs(read.nets[0][name] - weights).max() <= finest
    assert pack(read) == raw


@pytest.mark.parametrize("raw", [b"", b"PK", b"no archive at all"])
def test_another_file_is_no_ear(raw: bytes) -> None:
    with pytest.raises(ValueError, match="no archive"):
        unpack(raw)


def test_the_fingerprint_knows_the_labels(accounts: list[LabelledAccount]) -> None:
    assert fingerprint(accounts) == fingerprint(list(accounts))
    assert fingerprint(accounts) != fingerprint(accounts[:-1])


def test_a_cue_without_words_is_not_held_against_the_account(lexicon: Lexicon, head: Head) -> None:
    account = LabelledAccount("a", "He leaned on me.", (LabelledCue("tail", "low"),))
    one = example(account, lexicon, head)
    k = head.pairs.index(("tail", "low"))
    assert one.known[k] == 0
    assert not one.weight[:, k].any()


def test_classes_come_from_a_file(lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("classes") / "c.toml"
    path.write_text('[classes]\na = "sofa couches"\nb = "sofa"\n', "utf-8")
    found = word_classes(path, lexicon)
    assert found[lexicon.stem("sofa")] == (0, 1)
    assert found[lexicon.stem("couches")] == (0,)
    path.write_text("classes = 3", "utf-8")
    with pytest.raises(InputError, match="is not a file of word classes"):
        word_classes(path, lexicon)
