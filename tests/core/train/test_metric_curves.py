"""The course of a metric over a run that is already past."""
from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sklearn.metrics

from core.io import examples
from core.train.control import Control
from core.train.loop import train
from core.train.moments import Moments
from core.train.probes import NotApplicable, answer
from core.train.probes.metric import COLUMNS, MetricCurve
from core.train.request import Request
from core.train.session import Session


def trained(name: str, epochs: int, *, past: bool = True, **data: Any) -> Session:
    session = Session(examples.load(name))
    if past:
        session.moments = Moments(session)
    session.change(epochs=epochs)
    list(train(session, Control()))
    return session


def curve(session: Session, metric: str, part: str = "train") -> MetricCurve:
    """Asked until nothing is left to be judged."""
    for _ in range(2000):
        found = answer(session, Request.of("metric", metric=metric, part=part))
        assert isinstance(found, MetricCurve)
        if found.whole:
            return found
    raise AssertionError("it never ends")


def column(found: MetricCurve, name: str) -> np.ndarray:
    return found.points[:, COLUMNS.index(name)]


def test_every_kept_moment_has_the_value_that_scikit_learn_gives_for_its_weights() -> None:
    session = trained("digits-mlp", 1)
    assert session.moments is not None
    for metric, part, judge in (("f1", "train", sklearn.metrics.f1_score),
                                ("recall", "validation", sklearn.metrics.recall_score)):
        found, samples = curve(session, metric, part), getattr(session.parts, part)
        assert tuple(column(found, "step")) == session.moments.steps
        for step, value in zip(column(found, "step")[::9], column(found, "value")[::9], strict=True):
            with session.moments.shown(int(step)):
                guesses = session.network.predict(samples.x).argmax(axis=1)
            assert value == pytest.approx(judge(samples.y, guesses, average="macro", zero_division=0.0))


def test_errors_of_numbers_are_in_the_units_of_the_data() -> None:
    session = trained("diabetes", 5)
    samples = session.parts.train
    found = curve(session, "mae")
    own = session.parts.own
    expected = np.abs(own(session.network.predict(samples.x)) - own(samples.y.reshape(len(samples), -1))).mean()
    assert column(found, "value")[-1] == pytest.approx(expected, rel=1e-5)
    assert column(found, "value")[0] > column(found, "value")[-1]


def test_it_leaves_the_session_as_it_was() -> None:
    session = trained("spiral", 2)
    weights, state, step = session.network.weights.flat.copy(), session.network.state.flat.copy(), session.step
    curve(session, "precision")
    np.testing.assert_array_equal(session.network.weights.flat, weights)
    np.testing.assert_array_equal(session.network.state.flat, state)
    assert session.step == step


def test_the_present_is_its_last_point() -> None:
    session = trained("spiral", 2)
    session.network.weights.flat[...] = 0.0
    found = curve(session, "f1")
    assert column(found, "step")[-1] == session.step
    guesses = session.network.predict(session.parts.train.x).ravel() > 0.5
    expected = sklearn.metrics.f1_score(session.parts.train.y, guesses, average="macro", zero_division=0.0)
    assert column(found, "value")[-1] == pytest.approx(expected)


def test_while_somebody_looks_back_the_present_is_not_taken_from_the_past() -> None:
    session = trained("spiral", 2)
    assert session.moments is not None
    before = curve(session, "f1")
    session.network.weights.flat[...] += 0.0
    session.step += 5
    with session.moments.shown(0):
        found = answer(session, Request.of("metric", metric="f1"))
    session.step -= 5
    np.testing.assert_array_equal(found.points, before.points)


def test_a_moment_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    session = trained("spiral", 2)
    curve(session, "f1")
    calls: list[int] = []
    predict = session.network.predict
    monkeypatch.setattr(session.network, "predict", lambda x: calls.append(1) or predict(x))
    answer(session, Request.of("metric", metric="f1"))
    assert len(calls) == 1


def test_a_few_moments_show_the_course_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.train.probes.metric.BUDGET", 0.0)
    session = trained("spiral", 12)
    assert session.moments is not None
    found = [answer(session, Request.of("metric", metric="f1")) for _ in range(4)]
    assert [len(one.points) for one in found] == [1, 2, 3, 4]
    assert not found[-1].whole
    steps = column(found[-1], "step")
    assert steps[0] == 0
    assert steps[-1] == session.step


def test_after_going_back_what_came_later_is_judged_anew() -> None:
    session = trained("spiral", 2)
    assert session.moments is not None
    first = curve(session, "f1")
    session.go_back(session.moments.at(session.step // 2))  # type: ignore[arg-type]
    session.change(learning_rate=1.5)
    list(train(session, Control()))
    again = curve(session, "f1")
    for step, value in zip(column(again, "step")[::11], column(again, "value")[::11], strict=True):
        with session.moments.shown(int(step)):
            guesses = session.network.predict(session.parts.train.x).ravel() > 0.5
        assert value == pytest.approx(sklearn.metrics.f1_score(session.parts.train.y, guesses, average="macro",
                                                               zero_division=0.0))
    assert not np.array_equal(first.points, again.points)


def test_epochs_and_seconds_of_the_points_are_those_of_the_moments() -> None:
    session = trained("spiral", 3)
    found, moments = curve(session, "f1"), session.moments
    assert moments is not None
    for row in found.points:
        moment = moments.at(int(row[1]))
        assert moment is not None
        assert row[0] == moment.epoch + moment.batch / session.rule.batches
        assert row[2] == moment.seconds


def test_without_a_past_there_is_the_present() -> None:
    session = trained("spiral", 3, past=False)
    assert len(curve(session, "f1").points) == 1


@pytest.mark.parametrize(("example", "metric", "part", "word"), [
    ("spiral", "mae", "train", "not judged"),
    ("autoencoder", "f1", "train", "gives its input back"),
    ("xor-mlp", "f1", "validation", "no validation part"),
    ("spiral", "nothing_like_it", "train", "not judged"),
])
def test_where_it_makes_no_sense_it_says_why(example: str, metric: str, part: str, word: str) -> None:
    found = answer(Session(examples.load(example)), Request.of("metric", metric=metric, part=part))
    assert isinstance(found, NotApplicable)
    assert word in found.reason
