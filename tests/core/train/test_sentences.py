"""The example that tells praise from complaint."""
from __future__ import annotations

from core.io import examples
from core.preprocessing import vocabularies
from core.train.control import Control
from core.train.events import EpochDone
from core.train.loop import train
from core.train.session import Session


def test_it_learns_to_tell_sentences_apart_that_it_has_not_seen():
    session = Session(examples.load("sentences"))
    scores = [event.validation_score for event in train(session, Control()) if isinstance(event, EpochDone)]
    assert len(session.parts.validation) > 100
    assert scores[-1] > 0.75


def test_the_words_that_it_knows_can_be_read():
    parts = Session(examples.load("sentences")).parts
    known = vocabularies(parts.chain)["sentence"]
    assert known.words[0] == "the"
    sentence = parts.raw[0][0].values[0]
    assert len(known.said(parts.train.x[0])) == len(known.tokens(sentence))
