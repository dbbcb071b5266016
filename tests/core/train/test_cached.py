"""What is kept for views is made again when it has to be, and only then."""
from __future__ import annotations

import numpy as np
import pytest

from core.train.cached import newest, once, while_weights_stay
from core.train.judging import judged
from core.train.moments import Moments
from core.train.session import Session
from tests.core._build import chain, dense

MOONS = {"kind": "moons", "params": {"samples": 60, "noise": 0.1}}


@pytest.fixture
def session() -> Session:
    return Session(chain(dense(4), "batch_norm", "tanh", dense(1), "sigmoid", loss="binary_crossentropy", source=MOONS))


def test_once_a_session_is_once_whatever_happens_to_the_weights(session: Session) -> None:
    made = once(session, "place", lambda: object())
    session.network.weights.flat += 1.0
    assert once(session, "place", lambda: object()) is made
    assert once(session, "elsewhere", lambda: object()) is not made


def test_only_what_was_asked_for_last_is_kept(session: Session) -> None:
    first = newest(session, "place", 1, lambda: object())
    assert newest(session, "place", 1, lambda: object()) is first
    second = newest(session, "place", 2, lambda: object())
    assert second is not first
    assert newest(session, "place", 1, lambda: object()) is not first


@pytest.mark.parametrize("remembered", [False, True], ids=["weights", "running means"])
def test_a_changed_number_of_the_network_is_noticed(session: Session, remembered: bool) -> None:
    network = session.network
    vector = network.state.flat if remembered else network.weights.flat
    first, before = while_weights_stay(session, "place", lambda: object()), vector.copy()
    assert while_weights_stay(session, "place", lambda: object()) is first
    vector[-1] = np.nextafter(vector[-1], np.float32(9.0))
    assert while_weights_stay(session, "place", lambda: object()) is not first
    vector[...] = before


def test_what_is_judged_while_looking_back_is_that_of_then(session: Session) -> None:
    session.moments = Moments(session)
    session.moments.keep()
    session.rule.begin_epoch()
    for _ in range(3):
        session.rule.step(0)
    session.step = 3
    now = judged(session)
    with session.moments.shown(0):
        then = judged(session)
        assert then is not now
        x = session.parts.train.x[then.numbers] if then.part == "train" else session.parts.validation.x[then.numbers]
        np.testing.assert_array_equal(then.said.values[:, -1], session.network.predict(x)[:, -1])
    np.testing.assert_array_equal(judged(session).said.values, now.said.values)
