"""Where a session stood before it went back comes back whole, with a past that is all its own."""
from __future__ import annotations

import numpy as np
import pytest

from core.train.control import Control
from core.train.loop import train
from core.train.moments import Moments
from core.train.session import Session
from tests.core._build import chain, dense


@pytest.mark.parametrize("place", [0, 4, 8])
def test_a_weight_set_by_hand_after_going_back_is_no_part_of_the_past_that_was_left(place: int) -> None:
    session = Session(chain(dense(3), "tanh", dense(1), epochs=10))
    session.moments = Moments(session)
    list(train(session, Control()))
    kept = {step: session.moments.at(step) for step in session.moments.steps}
    weights = {step: moment.weights.copy() for step, moment in kept.items() if moment is not None}
    step = session.moments.steps[place]
    back = session.moments.at(step)
    assert back is not None
    session.go_back(back)
    session.network.weights.put("dense", "W", (0, 0), 7.0)
    session.renew()
    edited = session.moments.at(step)
    assert edited is not None
    assert 7.0 in edited.weights
    session.go_forth()
    assert session.step == max(weights)
    for known in session.moments.steps:
        moment = session.moments.at(known)
        assert moment is not None
        np.testing.assert_array_equal(moment.weights, weights[known])
