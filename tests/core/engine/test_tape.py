"""A pass that can be watched."""
from __future__ import annotations

import numpy as np
import pytest

from core.engine.tape import Tape
from core.io import examples
from core.train.session import Session

# One of each family: plain, convolutions, sequences, attention, giving back.
EXAMPLES = ("xor-mlp", "spiral", "mnist-small", "brackets-lstm", "transformer-parts", "autoencoder")


def session_of(name: str, **options: object) -> Session:
    return Session(examples.load(name), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_watched_pass_gives_the_gradients_of_the_network(name: str) -> None:
    session = session_of(name, dtype=np.float64)
    network, train = session.network, session.parts.train.take(np.arange(4))
    network.rng.bit_generator.state = np.random.default_rng([3, 4]).bit_generator.state
    plan = network.plan(4, train=True)
    plan.fill(train.x, network.targets(train.y))
    for run in plan.forward:
        run()
    loss = plan.loss()
    for run in plan.backward:
        run()
    tape = Tape(network, 4, seed=3)
    tape.fill(train.x, network.targets(train.y))
    assert tape.run() == pytest.approx(loss, rel=1e-12)
    np.testing.assert_allclose(tape.gradients.flat, network.gradients.flat, rtol=1e-9, atol=1e-12)
    for node, value in plan.values.items():
        np.testing.assert_allclose(tape.values[node], value, rtol=1e-9, atol=1e-12)


def test_a_slope_is_the_gradient_of_the_loss_by_the_output_of_a_node() -> None:
    session = session_of("xor-mlp", dtype=np.float64)
    network, train = session.network, session.parts.train
    tape = Tape(network, len(train))
    tape.fill(train.x, network.targets(train.y))
    tape.run()
    dense = next(unit for unit in network.units if network.weights[unit.id])
    # The gradient of a bias is the sum of those of the sums that it is added to.
    np.testing.assert_allclose(tape.slopes[dense.id].sum(axis=0), tape.gradients[dense.id]["b"], rtol=1e-9)


def test_watching_changes_no_bit_of_a_session() -> None:
    watched, plain = session_of("mnist-small"), session_of("mnist-small")
    for session in (watched, plain):
        session.rule.begin_epoch()
        for batch in range(3):
            if session is watched:
                tape = Tape(session.network, 4)
                tape.fill(session.parts.train.x[:4], session.network.targets(session.parts.train.y[:4]))
                tape.run()
            session.rule.step(batch % session.rule.batches)
    assert np.array_equal(watched.network.weights.flat, plain.network.weights.flat)
    assert np.array_equal(watched.network.state.flat, plain.network.state.flat)


def test_every_node_has_its_times() -> None:
    session = session_of("xor-mlp")
    tape = Tape(session.network, 4)
    assert tape.times(2).keys() == {unit.id for unit in session.network.units}
