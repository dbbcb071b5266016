"""What probes say, compared with the network asked directly."""
from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.datasets import DataSpec, Parts, Samples, columns_of
from core.graph import edits
from core.graph.settings import DataSettings
from core.io import examples
from core.metrics import predicted
from core.preprocessing import Chain
from core.train.control import Control
from core.train.events import EpochDone, Finished, Snapshot, Warned
from core.train.loop import train
from core.train.probes import PROBES, NotApplicable, Probe, answer
from core.train.probes._grid import window
from core.train.probes.boundary import Boundary, probability
from core.train.probes.confusion import Confusion
from core.train.probes.points import Points
from core.train.probes.weights import Weights
from core.train.request import Request
from core.train.session import Session, load_parts
from tests.core._build import chain, dense, xor
from tests.core.train._drive import of

MOONS = {"kind": "moons", "params": {"samples": 60, "noise": 0.1}}


def ask(session: Session, probe: str, **arguments: Any) -> Any:
    return answer(session, Request.of(probe, **arguments))


def session(*layers: Any, loss: str = "mse", source: Any = "xor", **data: Any) -> Session:
    return Session(chain(*layers, loss=loss, source=source, data=data))


def unscaled(made: Session) -> np.ndarray:
    """The points of all parts, as they were before any step."""
    plain = load_parts(DataSettings.known(edits.set_data(made.document, {"steps": []}).data))
    return np.concatenate([part.x for part in (plain.train, plain.validation, plain.test)])


def with_parts(made: Session, spec: DataSpec, train: Samples, validation: Samples | None = None) -> Session:
    """The same session on other samples, unscaled."""
    nothing = Samples(train.x[:0], train.y[:0])
    made.parts = Parts(spec, train, validation or nothing, nothing, Chain(columns_of(spec)[:1]), "Table")
    return made


def regression(targets: int = 1) -> Session:
    rng = np.random.default_rng(0)
    samples = Samples(rng.uniform(-1, 1, (30, 2)).astype(np.float32), rng.normal(size=(30, targets)).astype(np.float32))
    return with_parts(session(dense(1)), DataSpec((2,), ("a", "b"), targets=targets), samples)


def three_classes(**data: Any) -> Session:
    return session(dense(3), "softmax", loss="sparse_categorical_crossentropy", source="iris", **data)


def flat_three() -> Session:
    """Three classes in a plane."""
    source = {"kind": "gaussians", "params": {"samples": 40}}
    made = session(dense(2), "softmax", loss="categorical_crossentropy", source=source)
    spec = DataSpec((2,), ("a", "b"), ("red", "green", "blue"))
    made.network.predict = lambda x, node=None: np.column_stack([x[:, 0], x[:, 1], 1 - x.sum(axis=1)])  # type: ignore
    return with_parts(made, spec, Samples(np.eye(2, dtype=np.float32), np.array([0, 2])))


def test_every_probe_is_found_by_its_name() -> None:
    assert set(PROBES) >= {"weights", "boundary", "points", "confusion"}
    assert all(isinstance(probe, Probe) for probe in PROBES.values())


def test_an_unknown_probe_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(KeyError, match="weights"):
        ask(Session(xor()), "weight")


def test_weights_are_those_of_the_network_and_are_copies() -> None:
    made = Session(xor())
    found = ask(made, "weights", node="dense")
    assert isinstance(found, Weights)
    assert found.node == "dense"
    assert list(found.values) == ["W", "b"]
    np.testing.assert_array_equal(found.values["W"], made.network.weights["dense"]["W"])
    assert found.scale == np.abs(found.values["W"]).max()
    made.network.weights["dense"]["W"][...] = 7.0
    assert not (found.values["W"] == 7.0).any()


def test_a_node_without_weights_shows_those_that_feed_it() -> None:
    made = Session(xor())
    assert ask(made, "weights", node="sigmoid_2").node == "dense_2"
    assert ask(made, "weights", node="sigmoid").node == "dense"


@pytest.mark.parametrize("node", ["", "input", "gone"])
def test_without_a_node_that_fits_the_first_weights_are_shown(node: str) -> None:
    assert ask(Session(xor()), "weights", node=node).node == "dense"


def test_the_scale_of_weights_passes_over_what_is_not_a_number() -> None:
    made = Session(xor())
    made.network.weights["dense"]["W"][...] = [[np.nan, -3.0, 1.0, np.inf], [0.0, 0.0, 0.0, 0.0]]
    assert ask(made, "weights", node="dense").scale == 3.0


def test_a_network_without_weights_says_what_to_add() -> None:
    bare = Session(xor())
    bare.network.weights = type(bare.network.weights)({}, np.dtype(np.float32))
    found = ask(bare, "weights")
    assert isinstance(found, NotApplicable)
    assert "Dense" in found.reason


def test_the_boundary_is_the_prediction_at_the_centre_of_every_cell() -> None:
    made = Session(xor())
    found = ask(made, "boundary", size=10)
    assert isinstance(found, Boundary)
    assert found.kind == "probability"
    assert found.values.shape == (10, 10)
    assert found.values.dtype == np.float32
    (left, right), (low, high) = found.x, found.y
    for row, column in [(0, 0), (0, 9), (9, 0), (4, 7)]:
        place = left + (column + 0.5) / 10 * (right - left), low + (row + 0.5) / 10 * (high - low)
        direct = made.network.predict(np.array([place], np.float32))
        assert found.values[row, column] == pytest.approx(float(direct[0, 0]), abs=1e-5)


def test_the_boundary_is_in_the_units_of_the_data_although_the_network_sees_scaled_ones() -> None:
    made = session(dense(4), "tanh", dense(1), "sigmoid", source=MOONS, steps=["standardise"])
    found = ask(made, "boundary", size=20)
    assert isinstance(found, Boundary)
    raw = unscaled(made)
    assert found.x[0] < raw[:, 0].min() < raw[:, 0].max() < found.x[1]
    assert found.y[0] < raw[:, 1].min() < raw[:, 1].max() < found.y[1]
    place = np.array([[found.x[0] + 12.5 / 20 * (found.x[1] - found.x[0]),
                       found.y[0] + 3.5 / 20 * (found.y[1] - found.y[0])]])
    direct = made.network.predict(made.parts.from_plane(place))
    assert found.values[3, 12] == pytest.approx(float(direct[0, 0]), abs=1e-5)


def test_the_boundary_follows_the_weights_on_a_grid_that_is_made_once() -> None:
    made = Session(xor())
    before = ask(made, "boundary", size=10)
    grid = made.cache["boundary", 10]
    made.network.weights.flat[...] += 1.0
    after = ask(made, "boundary", size=10)
    assert made.cache["boundary", 10] is grid
    assert not np.array_equal(before.values, after.values)
    assert (before.x, before.y) == (after.x, after.y)


def test_several_classes_give_the_likeliest_and_how_sure_the_network_is() -> None:
    found = ask(flat_three(), "boundary", size=10)
    assert found.kind == "classes"
    grid = (np.arange(10) + 0.5) / 10
    x = found.x[0] + grid[7] * (found.x[1] - found.x[0])
    y = found.y[0] + grid[2] * (found.y[1] - found.y[0])
    output = [x, y, 1 - x - y]
    assert found.winners[2, 7] == np.argmax(output)
    assert found.values[2, 7] == pytest.approx(min(1.0, max(output)), abs=1e-5)
    assert found.classes == ("red", "green", "blue")


def test_a_regression_gives_values_within_the_range_of_the_training_targets() -> None:
    made = regression()
    found = ask(made, "boundary", size=10)
    assert found.kind == "value"
    assert found.limits == (made.parts.train.y.min(), made.parts.train.y.max())
    assert found.features == ("a", "b")


def test_predictions_that_are_not_numbers_stay_so() -> None:
    made = Session(xor())
    made.network.weights.flat[...] = np.nan
    assert np.isnan(ask(made, "boundary", size=10).values).all()


@pytest.mark.parametrize("probe", ["boundary", "points"])
def test_data_that_is_not_a_plane_is_named_with_what_would_be(probe: str) -> None:
    found = ask(Session(examples.load("digits-mlp")), probe)
    assert isinstance(found, NotApplicable)
    assert "Digits 8×8 has pictures" in found.reason
    assert "XOR" in found.reason


def test_two_numbers_to_predict_have_no_surface() -> None:
    found = ask(regression(targets=2), "boundary")
    assert isinstance(found, NotApplicable)
    assert "2" in found.reason


def test_points_are_all_samples_in_their_own_units_with_their_part() -> None:
    made = session(dense(1), "sigmoid", source=MOONS, steps=["standardise"], validation=0.2, test=0.1)
    found = ask(made, "points")
    assert isinstance(found, Points)
    assert found.total == 60
    assert [int((found.part == i).sum()) for i in range(3)] == [42, 12, 6]
    np.testing.assert_allclose(found.x[found.part == 1], unscaled(made)[42:54], atol=1e-6)
    np.testing.assert_array_equal(found.y[found.part == 2], made.parts.test.y)


def test_points_are_the_same_object_every_time_and_cannot_be_changed() -> None:
    made = Session(xor())
    found = ask(made, "points")
    assert ask(made, "points") is found
    with pytest.raises(ValueError, match="read-only"):
        found.x[0, 0] = 1.0


def test_many_points_are_thinned_evenly() -> None:
    source = {"kind": "moons", "params": {"samples": 5000}}
    found = ask(session(dense(1), "sigmoid", source=source), "points")
    assert len(found.x) == len(found.y) == len(found.part) == 2000
    assert found.total == 5000


def test_features_of_like_range_get_a_square_and_others_their_own_range() -> None:
    (left, right), (low, high) = window(np.array([[0.0, 0.0], [1.0, 2.0]]))
    assert right - left == pytest.approx(high - low)
    (left, right), (low, high) = window(np.array([[0.0, 0.0], [1.0, 1000.0]]))
    assert right - left < 2
    assert high - low > 1000


def test_a_feature_that_never_changes_still_has_a_window() -> None:
    (left, right), (low, high) = window(np.array([[3.0, 5.0]]))
    assert left < 3.0 < right
    assert low < 5.0 < high


def test_confusion_counts_true_by_predicted() -> None:
    made = three_classes()
    found = ask(made, "confusion")
    assert isinstance(found, Confusion)
    guessed = made.network.predict(made.parts.train.x).argmax(axis=1)
    counts = np.zeros((3, 3), int)
    for true, said in zip(made.parts.train.y, guessed, strict=True):
        counts[true, said] += 1
    np.testing.assert_array_equal(found.counts, counts)
    assert found.accuracy == pytest.approx((guessed == made.parts.train.y).mean())
    np.testing.assert_allclose(found.shares.sum(axis=1), 1.0)
    assert found.part == "train"
    assert found.classes == made.parts.spec.classes


def test_confusion_agrees_with_the_accuracy_of_the_run() -> None:
    made = Session(xor())
    right = made.network.evaluate(made.parts.train, made.network.targets(made.parts.train.y))[1]
    assert ask(made, "confusion").accuracy == pytest.approx(right)


def test_confusion_judges_the_validation_part_if_there_is_one() -> None:
    found = ask(three_classes(validation=0.2), "confusion")
    assert found.part == "validation"
    assert found.counts.sum() == found.total == 30


def test_of_many_samples_an_even_choice_is_judged_and_the_total_told() -> None:
    source = {"kind": "gaussians", "params": {"samples": 12_000}}
    found = ask(session(dense(1), "sigmoid", source=source), "confusion")
    assert found.counts.sum() == 10_000
    assert found.total == 12_000


def test_a_class_without_samples_has_an_empty_row() -> None:
    found = ask(flat_three(), "confusion")
    assert found.counts[1].sum() == 0
    assert (found.shares[1] == 0).all()


def test_regression_has_no_confusion_matrix() -> None:
    found = ask(regression(), "confusion")
    assert isinstance(found, NotApplicable)
    assert "Table" in found.reason


def test_of_one_number_per_class_the_lead_of_the_second_is_its_probability() -> None:
    output = np.array([[0.25, 0.75], [0.9, 0.1]], np.float32)
    np.testing.assert_allclose(probability(output), [0.75, 0.1], atol=1e-6)
    np.testing.assert_array_equal(predicted(output), [1, 0])


def test_exactly_a_half_is_the_first_class_as_accuracy_counts_it() -> None:
    np.testing.assert_array_equal(predicted(np.array([[0.5], [0.51], [np.nan]])), [0, 1, 0])


def test_a_view_that_fails_leaves_the_training_alone_and_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, wanted = [], {name: Request.of(name) for name in ("points", "weights")}

    def broken(session: Session, request: Request) -> Any:
        if request == wanted["points"]:
            asked.append(session.step)
            raise ZeroDivisionError("of nothing")
        return answer(session, request)

    monkeypatch.setattr("core.train.answering.answer", broken)
    session, control, events = Session(examples.load("xor-mlp")), Control(), []
    control.change(epochs=30)
    control.want(wanted.values())
    for event in train(session, control):
        events.append(event)
        if isinstance(event, EpochDone):
            control.look()
    assert isinstance(events[-1], Finished)
    assert session.epoch == 30
    snapshots = of(events, Snapshot)
    assert len(snapshots) > 3
    assert len(asked) == 1
    assert "of nothing" in snapshots[0].answers[wanted["points"]].reason
    for found in snapshots:
        assert isinstance(found.answers[wanted["weights"]], Weights)
    warning, = of(events, Warned)
    assert warning.problem.code == "probe.bug"
    assert "ZeroDivisionError" in warning.trace
