"""What is generated beside the plane: curves, clouds, tables and sequences."""
from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.datasets import make_regression

from core.datasets import DATASETS
from core.errors import DataError
from core.train.events import EpochDone
from tests.core._build import chain, dense
from tests.core.train._drive import of, run


def load(kind, seed=0, **params):
    return DATASETS[kind](**params).load(seed)


@pytest.mark.parametrize("periods", [1, 3])
def test_a_sine_without_noise_is_the_sine(periods):
    wave = load("sine", samples=2000, noise=0.0, periods=periods)
    np.testing.assert_allclose(wave.y[:, 0], [math.sin(x) for x in wave.x[:, 0].tolist()], atol=1e-5)
    np.testing.assert_allclose([wave.x.min(), wave.x.max()], [-math.pi * periods, math.pi * periods],
                               atol=0.02 * periods)


def test_noise_of_a_sine_is_the_standard_deviation_of_y():
    wave = load("sine", samples=20_000, noise=0.3)
    np.testing.assert_allclose((wave.y - np.sin(wave.x)).std(), 0.3, atol=0.01)


def test_blobs_are_round_clouds_of_the_spread_that_is_asked_for():
    points = load("blobs", samples=20_000, classes=4, features=3, spread=2.0)
    for label in range(4):
        cloud = points.x[points.y == label]
        assert len(cloud) == 5000
        np.testing.assert_allclose(np.cov(cloud.T), 4 * np.eye(3), atol=0.3)
        assert np.abs(cloud.mean(axis=0)).max() < 10.1


def test_blobs_without_spread_stand_on_their_centres():
    points = load("blobs", samples=10, classes=3, spread=0.0)
    assert len(set(map(tuple, points.x.tolist()))) == 3
    assert np.bincount(points.y).tolist() == [4, 3, 3]


def test_the_seed_draws_the_centres_of_blobs():
    assert not set(map(tuple, load("blobs", 1, spread=0.0).x)) & set(map(tuple, load("blobs", 2, spread=0.0).x))


def test_the_regression_table_is_that_of_scikit_learn():
    x, y = make_regression(500, 10, n_informative=5, noise=10.0, random_state=42)
    table = load("make_regression")
    np.testing.assert_array_equal(table.x, x.astype(np.float32))
    np.testing.assert_array_equal(table.y, y[:, None].astype(np.float32))


def test_the_seed_of_the_training_does_not_change_the_regression_table():
    assert load("make_regression", 1).x.tobytes() == load("make_regression", 2).x.tobytes()
    assert load("make_regression", random_state=1).x.tobytes() != load("make_regression").x.tobytes()


@pytest.mark.parametrize("act", ["spec", "load"])
def test_more_useful_columns_than_columns_are_refused_with_a_way_out(act):
    table = DATASETS["make_regression"](features=3)
    with pytest.raises(DataError, match="5 informative columns do not fit into 3 features") as caught:
        table.spec() if act == "spec" else table.load(0)
    assert caught.value.problem.param == "features"
    assert "Set features to 5 or more" in caught.value.problem.hint
    assert DATASETS["make_regression"](features=3, informative=3).load(0).x.shape == (500, 3)


@pytest.mark.parametrize("length", [2, 3, 20])
def test_adding_marks_one_number_of_each_half_and_adds_them(length):
    rows = load("adding", samples=400, length=length)
    for row, total in zip(rows.x.tolist(), rows.y[:, 0].tolist(), strict=True):
        marked = [place for place, (_, mark) in enumerate(row) if mark == 1]
        assert len(marked) == 2
        assert marked[0] < length // 2 <= marked[1]
        assert {mark for _, mark in row} <= {0, 1}
        assert total == pytest.approx(sum(row[place][0] for place in marked), abs=1e-6)
    assert (rows.x[:, :, 0].min(), rows.x[:, :, 0].max()) == (pytest.approx(0, abs=0.01), pytest.approx(1, abs=0.01))


def test_adding_without_looking_errs_by_a_sixth():
    assert np.mean((load("adding", samples=50_000).y - 1) ** 2) == pytest.approx(1 / 6, abs=0.003)


def test_every_place_of_a_half_is_marked_equally_often():
    marks = load("adding", samples=50_000, length=7).x[:, :, 1].mean(axis=0)
    np.testing.assert_allclose(marks, [1 / 3] * 3 + [1 / 4] * 4, atol=0.01)


def test_a_recurrent_network_learns_to_add_far_better_than_a_guess():
    doc = chain(("gru", {"units": 16}), dense(1), loss="mse", source={"kind": "adding", "params": {"length": 8}},
                data={"validation": 0.25}, optimizer="adam", learning_rate=0.01, batch_size=32, epochs=6)
    assert of(run(doc)[1], EpochDone)[-1].validation_loss < 0.02
