"""The signals that nodes send, against the network asked directly."""
from __future__ import annotations

import numpy as np
import pytest

from core.engine.tape import Tape
from core.io import examples
from core.train.probes import answer
from core.train.probes.signals import Signals
from core.train.request import Request
from core.train.sampling import look
from core.train.session import Session


def ask(session: Session, direction: str) -> Signals:
    found = answer(session, Request.of("signals", direction=direction))
    assert isinstance(found, Signals)
    return found


def rms(array: np.ndarray) -> float:
    return float(np.sqrt((array.astype(np.float64) ** 2).mean()))


# Without chance, what a pass in training gives is what the network predicts.
@pytest.mark.parametrize("name", ["xor-mlp", "spiral", "autoencoder", "brackets-lstm"])
def test_forward_they_are_the_root_mean_squares_of_the_outputs(name: str) -> None:
    session = Session(examples.load(name))
    found = ask(session, "forward")
    for node, value in session.network.predict_all(look(session).x).items():
        assert found.sizes[node] == pytest.approx(rms(value), rel=1e-5)
    assert found.largest == max(found.sizes.values())


@pytest.mark.parametrize("name", ["xor-mlp", "mnist-small"])
def test_backward_they_are_the_root_mean_squares_of_the_gradients(name: str) -> None:
    session = Session(examples.load(name))
    samples = look(session)
    tape = Tape(session.network, len(samples), seed=session.training.seed)
    tape.fill(samples.x, session.network.targets(samples.y))
    tape.run()
    found = ask(session, "backward")
    assert found.sizes == {node: pytest.approx(rms(slope), rel=1e-6) for node, slope in tape.slopes.items()}
    assert "input" not in found.sizes


def test_looking_changes_no_bit_of_a_session() -> None:
    looked, plain = (Session(examples.load("digits-mlp")) for _ in range(2))
    for session in (looked, plain):
        session.rule.begin_epoch()
    for batch in range(3):
        ask(looked, "forward")
        ask(looked, "backward")
        for session in (looked, plain):
            session.rule.step(batch)
    assert np.array_equal(looked.network.weights.flat, plain.network.weights.flat)
