"""How far weights have moved lately is told for a single step, whatever moments were kept."""
from __future__ import annotations

import numpy as np
import pytest

from core.train.control import Control
from core.train.loop import train
from core.train.moments import Moments
from core.train.movement import STEPS, moved
from core.train.session import Session
from tests.core._build import chain, dense


def kept(session: Session) -> dict[int, np.ndarray]:
    """The weights at every step, of which few are kept as moments."""
    session.moments = Moments(session)
    found = {0: session.network.weights.flat.copy()}
    control = Control(paused=True)
    for step in range(1, 31):
        control.step()
        for _ in train(session, control):
            if session.step == step:
                control.stop()
        control = Control(paused=True)
        found[step] = session.network.weights.flat.copy()
    return found


@pytest.mark.parametrize("oldest", [0, 3, 30 - STEPS])
def test_the_change_of_a_step_is_the_whole_change_shared_by_the_steps_since_then(oldest: int) -> None:
    session = Session(chain(dense(4), "tanh", dense(1), batch_size=2, learning_rate=0.3, epochs=100))
    weights, moments = kept(session), session.moments
    assert moments is not None
    for step in set(moments.steps) - {oldest, 30}:
        del moments._held[step]
    moments.steps = tuple(sorted(moments._held))
    assert moments.steps == (oldest, 30)
    found = moved(session, ["dense", "dense_2"])
    for node, (now, change) in found.items():
        places = [place for key, place in session.network.weights.places.items() if key[0] == node]
        new, old = (np.concatenate([weights[step][place] for place in places]) for step in (30, oldest))
        np.testing.assert_array_equal(now, new)
        np.testing.assert_allclose(change, (new.astype(float) - old) / (30 - oldest), rtol=1e-12)
        assert np.abs(change).max() > 0.0


def test_a_few_steps_are_chance_and_tell_nothing() -> None:
    session = Session(chain(dense(4), "tanh", dense(1), epochs=STEPS - 1))
    session.moments = Moments(session)
    list(train(session, Control()))
    assert moved(session, ["dense"]) == {}
    session.change(epochs=STEPS)
    list(train(session, Control()))
    assert set(moved(session, ["dense"])) == {"dense"}
