"""The distributions are those of the numbers that the engine gives, and of gradients by finite differences."""
import numpy as np
import pytest

from core.io import examples
from core.train.control import Control
from core.train.loop import train
from core.train.moments import Moments
from core.train.probes import NotApplicable, answer
from core.train.request import Request
from core.train.sampling import look
from core.train.session import Session
from tests.core._build import chain, dense


def asked(session, what):
    return answer(session, Request.of("activity", what=what))


def trained(epochs=30, **options):
    session = Session(chain(dense(5), "relu", dense(1), "sigmoid", source="moons"), **options)
    session.moments = Moments(session)
    session.epochs = epochs
    list(train(session, Control()))
    return session


def test_activations_are_histograms_of_what_is_predicted():
    session = trained()
    found = asked(session, "activations")
    values = session.network.predict_all(look(session).x)
    assert [spread.node for spread in found.spreads] == ["input", "dense", "relu", "dense_2", "sigmoid"]
    for spread in found.spreads:
        array = values[spread.node].ravel().astype(np.float64)
        expected, _ = np.histogram(np.clip(array, found.edges[0], found.edges[-1]), found.edges)
        assert spread.counts.tolist() == expected.tolist()
        assert spread.counts.sum() == spread.size == array.size
        assert spread.mean == pytest.approx(array.mean())
        assert spread.deviation == pytest.approx(array.std())
        assert spread.zeros == (array == 0).mean()
    assert 0.0 < found.spreads[2].zeros < 1.0


def test_gradients_are_those_of_finite_differences():
    session = trained(dtype=np.float64)
    found = asked(session, "gradients")
    spread = next(spread for spread in found.spreads if spread.node == "dense_2")
    samples = look(session)
    # The gradient by the bias of a layer is the sum of those by its outputs, sample by sample.
    weights, bias, eps = session.network.weights["dense_2"], session.network.weights["dense_2"]["b"], 1e-6
    assert weights

    def losses():
        p = session.network.predict(samples.x)
        t = session.network.targets(samples.y)[0]
        return ((p - t) ** 2).mean(axis=1) / len(samples)

    kept = bias.copy()
    bias[...] = kept + eps
    above = losses()
    bias[...] = kept - eps
    below = losses()
    bias[...] = kept
    slopes = (above - below) / (2 * eps)
    expected, _ = np.histogram(np.clip(np.log10(np.abs(slopes)), found.edges[0], found.edges[-1]), found.edges)
    assert np.abs(spread.counts - expected).sum() <= 2
    assert spread.mean == pytest.approx(slopes.mean(), rel=1e-5)
    assert spread.deviation == pytest.approx(slopes.std(), rel=1e-5)


def test_updates_are_the_change_of_the_weights_in_a_step():
    session = trained()
    found = asked(session, "updates")
    assert [spread.node for spread in found.spreads] == ["dense", "dense_2"]
    moment = session.moments.at(session.step - 10)
    steps = session.step - moment.step
    places = session.network.weights.places
    for spread in found.spreads:
        new, old = (np.concatenate([flat[places[spread.node, name]] for name in ("W", "b")]).astype(np.float64)
                    for flat in (session.network.weights.flat, moment.weights))
        ratios = (new - old) / steps / np.sqrt((new**2).mean())
        assert spread.mean == pytest.approx(ratios.mean())
        assert spread.size == len(ratios)
        assert spread.counts.sum() == (ratios != 0).sum()


def test_before_there_are_steps_it_says_what_to_do():
    found = asked(trained(0), "updates")
    assert isinstance(found, NotApplicable)
    assert "10 steps" in found.reason


@pytest.mark.parametrize("what", ["activations", "gradients", "updates"])
@pytest.mark.parametrize("name", sorted(name for name in examples.EXAMPLES if not name.startswith("mnist")))
def test_every_example_has_an_answer_with_ascending_bins(name, what):
    session = Session(examples.load(name))
    session.moments = Moments(session)
    session.epochs = 2
    list(train(session, Control()))
    found = asked(session, what)
    if not isinstance(found, NotApplicable):
        assert (np.diff(found.edges) > 0).all()
        assert all(len(spread.counts) == len(found.edges) - 1 for spread in found.spreads)


def test_numbers_that_overflow_are_left_out():
    session = trained()
    session.network.weights["dense"]["W"][...] = np.nan
    found = asked(session, "activations")
    assert found.spreads[1].counts.sum() == 0
    assert np.isnan(found.spreads[1].mean)
