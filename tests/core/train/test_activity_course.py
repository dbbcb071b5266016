"""The past of the layers is that of a network taken back to those moments, whatever was asked before."""
import math

import numpy as np
import pytest

from core.io import examples
from core.train.control import Control
from core.train.health import Checkup
from core.train.health.saturated import FLAT
from core.train.loop import train
from core.train.moments import Moments
from core.train.probes import NotApplicable, answer
from core.train.probes._course import ROWS, chosen
from core.train.request import Request
from core.train.sampling import look, watched
from core.train.session import Session
from tests.core._build import chain, dense

WHATS = ["activations", "gradients", "updates"]


def trained(epochs=30, document=None, **options):
    session = Session(document or chain(dense(5), "relu", dense(4), "tanh", dense(1), "sigmoid", source="moons"),
                      **options)
    session.moments = Moments(session)
    session.epochs = epochs
    list(train(session, Control()))
    return session


def settled(session, probe="activity_history", **arguments):
    """Asked until nothing is pending."""
    for asked in range(200):
        found = answer(session, Request.of(probe, asked=asked, **arguments))
        if not found.pending:
            return found
    raise AssertionError("it never comes to an end")


def values_at(session, step, what, node):
    """What the node gave at a moment, by an engine of its own: a new session with the weights of then."""
    moment = session.moments.at(step) if step < session.step else None
    weights = session.network.weights.flat if moment is None else moment.weights
    if what == "updates":
        earlier = session.moments.at(step - 10)
        places = [place for key, place in session.network.weights.places.items() if key[0] == node]
        new, old = (np.concatenate([flat[place] for place in places]).astype(float)
                    for flat in (weights, earlier.weights))
        return (new - old) / (step - earlier.step) / np.sqrt((new**2).mean())
    twin = Session(session.document)
    twin.network.weights.flat[...] = weights
    samples = look(twin)
    found = twin.network.predict_all(samples.x) if what == "activations" else watched(twin, samples).slopes
    return found[node].ravel().astype(float)


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("node", ["dense", "dense_2"])
def test_every_histogram_is_that_of_a_network_taken_back(what, node):
    session = trained()
    found = settled(session, what=what, node=node)
    assert found.node == node
    assert len(found.counts) == len(found.steps) == len(found.epochs) == len(found.sizes) > 20
    assert found.steps == tuple(sorted(set(found.steps)))
    assert found.steps[-1] == session.step
    assert found.log is (what != "activations")
    for step, counts, size in zip(found.steps, found.counts, found.sizes, strict=True):
        values = values_at(session, step, what, node)
        assert size == pytest.approx(np.sqrt((values**2).mean()), rel=1e-5)
        placed = np.log10(np.abs(values[values != 0.0])) if found.log else values
        expected, _ = np.histogram(np.clip(placed, found.edges[0], found.edges[-1]), found.edges)
        assert counts.tolist() == expected.tolist()


def test_few_numbers_lie_beyond_the_edges_and_bins_are_neither_few_nor_many():
    session = trained()
    for what in WHATS:
        found = settled(session, what=what, node="dense")
        assert 20 <= found.counts.shape[1] <= 84
        assert (np.diff(found.edges) > 0).all()
        for step, counts in zip(found.steps, found.counts, strict=True):
            values = values_at(session, step, what, "dense")
            placed = np.log10(np.abs(values[values != 0.0])) if found.log else values
            beyond = ((placed < found.edges[0]) | (placed > found.edges[-1])).sum()
            assert beyond <= 0.002 * counts.sum() + 1


def test_the_network_and_the_run_are_as_before():
    left, right = trained(20), trained(10)
    weights = right.network.weights.flat.copy()
    for what in WHATS:
        settled(right, what=what, node="dense")
        settled(right, "activity_trend", what=what)
    assert right.network.weights.flat.tobytes() == weights.tobytes()
    assert right.moments.showing is None
    right.epochs = 20
    list(train(right, Control()))
    assert left.network.weights.flat.tobytes() == right.network.weights.flat.tobytes()


def test_while_the_past_is_shown_it_ends_there():
    session = trained()
    step = session.moments.steps[len(session.moments.steps) // 2]
    before = session.network.weights.flat.copy()
    with session.moments.shown(step) as moment:
        found = settled(session, what="activations", node="dense")
        assert session.moments.showing is moment
        assert np.array_equal(session.network.weights.flat, moment.weights)
    assert found.steps[-1] == step
    values = values_at(session, step, "activations", "dense")
    expected, _ = np.histogram(np.clip(values, found.edges[0], found.edges[-1]), found.edges)
    assert found.counts[-1].tolist() == expected.tolist()
    assert np.array_equal(session.network.weights.flat, before)


def test_one_answer_looks_at_a_few_moments_the_latest_first(monkeypatch):
    session = trained()
    monkeypatch.setattr("core.train.probes._course.SECONDS", -1.0)
    first = answer(session, Request.of("activity_history", node="dense", asked=0))
    assert len(first.steps) == 2, "one moment and the present"
    assert first.pending > 10
    second = answer(session, Request.of("activity_history", node="dense", asked=1))
    assert second.pending == first.pending - 1
    assert second.steps[1:] == first.steps
    other = answer(session, Request.of("activity_history", node="tanh", asked=0))
    assert other.pending == first.pending - 2, "all layers are looked at together"


def test_which_moments_are_chosen_changes_little_while_more_come():
    session = trained(400)
    moments = [session.moments.at(step) for step in session.moments.steps]
    assert len(moments) > 2 * ROWS
    seen = set()
    for count in range(1, len(moments) + 1):
        rows = chosen(moments[:count])
        assert min(count, ROWS // 2 - 4) <= len(rows) <= ROWS - 1
        assert rows == sorted(rows, key=lambda moment: moment.step)
        assert rows[0] is moments[0]
        seen |= set(rows)
    assert len(seen) < len(moments)


@pytest.mark.parametrize("what", WHATS)
def test_the_trend_is_the_root_mean_square_of_what_a_network_taken_back_gives(what):
    session = trained()
    found = settled(session, "activity_trend", what=what)
    assert found.nodes == (("dense", "dense_2", "dense_3") if what == "updates" else
                           ("input", "dense", "relu", "dense_2", "tanh", "dense_3", "sigmoid") if what == "activations"
                           else found.nodes)
    assert "dense" in found.nodes
    for node, line in zip(found.nodes, found.values, strict=True):
        for step, value in zip(found.steps, line, strict=True):
            expected = values_at(session, step, what, node)
            assert value == pytest.approx(np.sqrt((expected**2).mean()), rel=1e-5)


def test_flat_units_are_those_without_a_slope():
    session = trained()
    found = settled(session, "activity_trend", what="flat")
    assert found.nodes == ("relu", "tanh")
    for step, dead, saturated in zip(found.steps, *found.values, strict=True):
        outputs = values_at(session, step, "activations", "relu").reshape(-1, 5)
        assert dead == pytest.approx((outputs <= 0).all(axis=0).mean())
        slopes = 1 - values_at(session, step, "activations", "tanh") ** 2
        assert saturated == pytest.approx((slopes < FLAT).mean(), abs=0.005)


def test_the_flat_share_is_that_of_the_rule_of_health():
    session = trained(0)
    session.network.weights["dense_2"]["W"][...] *= 1e4
    found = settled(session, "activity_trend", what="flat")
    checkup = Checkup(session)
    unit, curve = next((unit, curve) for unit, curve in checkup.activations if unit.id == "tanh")
    slopes = np.abs(curve.slopes(checkup.values[unit.sources[0]]))
    assert found.values[1, -1] == pytest.approx((slopes < FLAT * curve.steepest).mean())


def test_an_output_shows_what_feeds_it_and_without_a_choice_the_first_layer_with_weights():
    session = trained(10)
    assert settled(session, node="output").node == "sigmoid"
    assert settled(session).node == "dense"
    assert settled(session, what="updates", node="output").node == "dense_3"


def test_what_cannot_be_said_is_said():
    session = trained(0)
    found = answer(session, Request.of("activity_history", what="updates"))
    assert isinstance(found, NotApplicable)
    assert "10 steps" in found.reason
    smooth = trained(1, chain(dense(3), "linear", dense(1), source="moons"))
    found = answer(smooth, Request.of("activity_trend", what="flat"))
    assert isinstance(found, NotApplicable)
    assert "dead or saturated" in found.reason


def test_without_a_past_there_is_the_present():
    session = Session(chain(dense(5), "relu", dense(1), "sigmoid", source="moons"))
    found = answer(session, Request.of("activity_history", node="relu"))
    assert (found.steps, found.pending) == ((0,), 0)
    assert found.counts.sum() == 5 * found.samples


def test_numbers_that_overflow_are_in_no_bin():
    session = trained(3)
    session.network.weights["dense"]["W"][...] = np.nan
    found = settled(session, node="dense")
    assert found.counts[-1].sum() == 0
    assert math.isnan(found.sizes[-1])
    assert found.counts[0].sum() > 0


@pytest.mark.parametrize("name", sorted(name for name in examples.EXAMPLES if not name.startswith("mnist")))
def test_every_example_has_a_course(name):
    session = trained(2, examples.load(name))
    for what in (*WHATS, "flat"):
        trend = answer(session, Request.of("activity_trend", what=what))
        assert isinstance(trend, NotApplicable) or trend.values.shape == (len(trend.nodes), len(trend.steps))
        if what != "flat":
            found = answer(session, Request.of("activity_history", what=what))
            assert isinstance(found, NotApplicable) or (np.diff(found.edges) > 0).all()


def test_of_a_large_network_fewer_samples_are_looked_at():
    session = Session(chain(dense(30_000), dense(1), source="moons"))
    found = answer(session, Request.of("activity_history", node="dense"))
    assert found.samples == (1 << 19) // (2 + 30_000 + 1 + 1)
    assert found.counts.sum() == found.samples * 30_000
