"""The examples that predict no target, by what they make."""
import numpy as np
import pytest

from core.graph import edits
from core.io import examples
from tests.core.train._drive import run

SEEDS = pytest.mark.parametrize("seed", range(2))


def trained(name, **training):
    return run(edits.set_training(examples.load(name), training))[0]


@SEEDS
def test_the_adversaries_end_with_points_like_those_of_the_data(seed):
    session = trained("gan", seed=seed)
    x, made = session.parts.train.x, session.network.predict(session.parts.train.x, "made")
    within = (made >= x.min(axis=0)) & (made <= x.max(axis=0))
    assert within.all(axis=1).mean() > 0.9
    # Two clouds on a diagonal: as many points in either, as far apart, and as narrow across.
    along, across = np.array([1.0, 1.0]), np.array([1.0, -1.0])
    assert np.mean(made @ along > 0) == pytest.approx(0.5, abs=0.15)
    assert (made @ along).std() == pytest.approx((x @ along).std(), rel=0.2)
    assert (made @ across).std() == pytest.approx((x @ across).std(), rel=0.3)


@SEEDS
def test_the_autoencoder_gives_digits_back_better_and_better(seed):
    session = trained("autoencoder", seed=seed, epochs=20)
    losses, x = session.series.since(0)[:, 2], session.parts.validation.x
    assert np.all(np.diff(losses[::4]) < 0)
    # What is left is less than half of what the mean of all digits, the best guess without a code, leaves.
    error = np.mean((session.network.predict(x) - x) ** 2)
    assert error < 0.5 * np.mean((session.parts.train.x.mean(axis=0) - x) ** 2)
