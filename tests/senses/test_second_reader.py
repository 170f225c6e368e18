"""The second reader against a real server on this machine that answers as such servers do, well and badly."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houndsight.companion import Companion
from houndsight.errors import InputError
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.load import load
from houndsight.records.observation import Heard, Observation
from houndsight.senses.protocol import WordsSense
from houndsight.senses.words.second import Endpoint, SecondReader, SecondReaderFault, checked_answer, joined

TEXT = "Ruffin was nervy at the vet and pressed himself on my shin"
GOOD = {
    "heard_lean": True,
    "cues": [
        {"cue": "place", "value": "clinic", "words": "at the vet", "confidence": 0.9},
        {"cue": "leans_on", "value": "owner", "words": "pressed himself on my shin", "confidence": 0.95},
    ],
}


class Server:
    """Answers each request with what `answer` makes of it, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.answer: Callable[[dict[str, Any]], tuple[int, bytes]] = lambda _: (200, said(GOOD))
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append({**form, "path": self.path})
                outer.keys.append(self.headers.get("Authorization"))
                status, body = outer.answer(form)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
                pass

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


def said(form: object) -> bytes:
    content = form if isinstance(form, str) else json.dumps(form)
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.http.shutdown()
    one.http.server_close()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def reader(server: Server, knowledge: Knowledge) -> SecondReader:
    return SecondReader(Endpoint(server.url, "a-model", "secret"), knowledge.vocabulary, knowledge.wording, 5)


def test_it_follows_the_protocol_and_finds_the_words(server: Server, knowledge: Knowledge) -> None:
    ear = reader(server, knowledge)
    assert isinstance(ear, WordsSense)
    heard = ear(TEXT)
    assert heard.heard_lean
    assert [(o.cue, o.value, TEXT[slice(*(o.span or (0, 0)))]) for o in heard.observations] == [
        ("place", "clinic", "at the vet"),
        ("leans_on", "owner", "pressed himself on my shin"),
    ]


def test_it_is_asked_with_the_schema_the_vocabulary_and_the_key(server: Server, knowledge: Knowledge) -> None:
    reader(server, knowledge)(TEXT)
    (form,) = server.asked
    assert form["path"] == "/v1/chat/completions"
    assert form["response_format"]["json_schema"]["schema"]["title"].startswith("What Houndsight heard")
    assert all(f"- {cue}: " in form["messages"][0]["content"] for cue in knowledge.vocabulary.cues)
    assert form["messages"][1]["content"] == TEXT
    assert server.keys == ["Bearer secret"]


def test_a_server_that_knows_no_schema_is_asked_more_simply(server: Server, knowledge: Knowledge) -> None:
    server.answer = lambda form: (
        (400, b"") if form.get("response_format", {}).get("type") == "json_schema" else (200, said(GOOD))
    )
    assert len(reader(server, knowledge)(TEXT).observations) == 2
    assert [form.get("response_format", {}).get("type") for form in server.asked] == ["json_schema", "json_object"]


@pytest.mark.parametrize(
    "answer",
    [
        (500, b""),
        (200, b"no json"),
        (200, b"{}"),
        (200, said("I think he loves you")),
        (200, said({"cues": 3})),
        (401, b""),
    ],
)
def test_a_bad_answer_is_a_fault_in_one_sentence(
    answer: tuple[int, bytes], server: Server, knowledge: Knowledge
) -> None:
    server.answer = lambda _: answer
    with pytest.raises(SecondReaderFault, match=r"second reader.*\.$"):
        reader(server, knowledge)(TEXT)


def test_nobody_at_the_address_is_a_fault(knowledge: Knowledge) -> None:
    ear = SecondReader(Endpoint("http://127.0.0.1:9/v1", "m"), knowledge.vocabulary, knowledge.wording, 1)
    with pytest.raises(SecondReaderFault, match="gave no answer"):
        ear(TEXT)


@pytest.mark.parametrize(
    ("url", "model"), [("file:///etc/passwd", "m"), ("localhost", "m"), ("http://localhost/v1", "")]
)
def test_an_address_that_cannot_be_asked_is_refused(url: str, model: str) -> None:
    with pytest.raises(InputError):
        Endpoint(url, model)


def test_what_is_not_in_the_vocabulary_or_not_in_the_words_is_dropped(knowledge: Knowledge) -> None:
    form = {
        "heard_lean": "yes",
        "cues": [
            {"cue": "mood", "value": "sad", "words": "nervy"},
            {"cue": "place", "value": "moon", "words": "at the vet"},
            {"cue": "tail", "value": "tucked", "words": "tail between his legs"},
            {"cue": "voice", "value": "whine", "words": ""},
            {"cue": "place", "value": "clinic", "words": "AT THE VET", "confidence": 7},
            {"cue": "place", "value": "home", "words": "at the vet"},
        ],
    }
    heard = checked_answer("```json\n" + json.dumps(form) + "\n```", TEXT, knowledge.vocabulary)
    assert [(o.cue, o.value, o.confidence) for o in heard.observations] == [("place", "clinic", 1.0)]
    assert not heard.heard_lean


@given(
    st.text(max_size=200)
    | st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(
                st.sampled_from(["cues", "cue", "value", "words", "heard_lean", "further"]), x, max_size=4
            )
        ),
    ).map(json.dumps)
)
def test_no_answer_does_anything_but_hear_or_fault(answer: str) -> None:
    vocabulary = load().vocabulary
    try:
        heard = checked_answer(answer, TEXT, vocabulary)
    except SecondReaderFault:
        return
    assert all(o.cue in vocabulary.cues for o in heard.observations)


def one(cue: str, value: str, sure: float) -> Heard:
    return Heard((Observation(cue, value, sure, "words", (0, 1)),), heard_lean=False)


def test_two_that_agree_are_surer_and_the_surer_of_two_that_differ_holds() -> None:
    assert joined(one("tail", "low", 0.5), one("tail", "low", 1.0), 0.6).observations[0].confidence == pytest.approx(
        0.8
    )
    assert joined(one("tail", "low", 0.5), one("tail", "tucked", 1.0), 0.6).observations[0].value == "tucked"
    assert joined(one("tail", "low", 0.7), one("tail", "tucked", 1.0), 0.6).observations[0].value == "low"


def test_no_cue_of_either_is_lost() -> None:
    both = joined(one("voice", "growl", 0.4), one("tail", "low", 1.0), 0.6)
    assert {o.cue for o in both.observations} == {"voice", "tail"}


def test_it_is_off_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOUNDSIGHT_READER_URL", raising=False)
    assert Companion().second is None


def test_the_companion_joins_it_when_the_household_names_it(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    alone = Companion().hear(TEXT)
    monkeypatch.setenv("HOUNDSIGHT_READER_URL", server.url)
    monkeypatch.setenv("HOUNDSIGHT_READER_MODEL", "a-model")
    heard = Companion().hear(TEXT)
    assert {o.cue for o in heard.observations} >= {o.cue for o in alone.observations} | {"place", "leans_on"}


def test_when_it_fails_the_built_in_one_goes_on_alone(
    monkeypatch: pytest.MonkeyPatch, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    alone = Companion().hear(TEXT)
    server.answer = lambda _: (500, b"")
    monkeypatch.setenv("HOUNDSIGHT_READER_URL", server.url)
    monkeypatch.setenv("HOUNDSIGHT_READER_MODEL", "a-model")
    companion = Companion()
    with caplog.at_level(logging.WARNING, "houndsight"):
        assert companion.hear(TEXT) == alone
        assert companion.hear(TEXT) == alone
    assert len(caplog.records) == 1
    assert len(server.asked) == 1


def test_a_reader_elsewhere_is_announced(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setenv("HOUNDSIGHT_READER_URL", "https://example.org/v1")
    monkeypatch.setenv("HOUNDSIGHT_READER_MODEL", "a-model")
    with caplog.at_level(logging.WARNING, "houndsight"):
        assert Companion().second is not None
    assert "are sent to https://example.org/v1" in caplog.text
