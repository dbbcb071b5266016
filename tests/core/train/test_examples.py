"""What the examples reach with the settings that they ship with, or by what they make if they predict no target."""
import numpy as np
import pytest

from core.graph import edits
from core.io import examples
from core.train.events import EpochDone
from tests.core.train._drive import of, run

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


@pytest.mark.parametrize(("name", "least"), [
    ("spiral-features", 0.98), ("rings", 0.98), ("wine", 0.94), ("brackets-lstm", 0.97)])
@SEEDS
def test_the_examples_tell_classes_apart_that_they_have_not_seen(name, least, seed):
    last = of(run(edits.set_training(examples.load(name), {"seed": seed}))[1], EpochDone)[-1]
    assert last.validation_score >= least
    assert last.score >= least


@pytest.mark.parametrize(("name", "least"), [("regression-plane", 0.97), ("diabetes", 0.35)])
@SEEDS
def test_the_examples_explain_most_of_the_numbers_that_can_be_explained(name, least, seed):
    session = trained(name, seed=seed)
    unseen = session.parts.validation
    error = np.mean((session.network.predict(unseen.x) - unseen.y) ** 2)
    assert 1 - error / unseen.y.var() >= least


def test_the_slope_ends_with_its_own_weights():
    weights = trained("regression-plane").network.copies()
    np.testing.assert_allclose(weights["neuron.W"], 0.1, atol=0.01)
    np.testing.assert_allclose(weights["neuron.b"], 0.0, atol=0.02)
