"""A frame shows the rows of any data set, without copying them."""
from __future__ import annotations

import numpy as np
import pytest

from core.datasets import DATASETS, CancelledError, Recipe, Task, prepare
from core.preprocessing import STEPS, Column, ColumnSpec
from core.statistics import gather, gather_prepared, pictures_in, series_in

QUICK = ["iris", "spiral", "moons", "xor", "digits", "make_classification", "line"]


@pytest.mark.parametrize("kind", QUICK)
def test_every_row_of_a_data_set_is_there(kind: str) -> None:
    dataset = DATASETS[kind]()
    found, samples = gather(dataset, Recipe()), dataset.load(0)
    assert found.rows == len(samples)
    assert found.title == dataset.info.title
    inputs = [c.values for i, c in enumerate(found.columns) if found.role(i) == "input"]
    assert np.array_equal(np.stack(inputs, axis=1), samples.x)
    target = found.target()
    assert target is not None
    assert np.array_equal(found.columns[target].values, samples.y.reshape(len(samples)))


def test_named_numbers_are_columns_of_their_own_that_can_have_a_role() -> None:
    found = gather(DATASETS["iris"](), Recipe())
    assert found.owners[0] == "sepal length (cm)"
    assert found.role(0, {"sepal length (cm)": "target"}) == "target"
    assert found.target({"class": "ignore", "sepal length (cm)": "target"}) == 0
    assert found.numbers() == (0, 1, 2, 3)


def test_the_numbers_of_a_picture_have_no_role_of_their_own() -> None:
    found = gather(DATASETS["digits"](), Recipe())
    assert set(found.owners[:-1]) == {""}
    assert found.columns[63].spec.name == "x 64"
    assert found.pictures is not None
    assert found.pictures.shape == (1797, 8, 8)


def test_the_columns_share_the_numbers_of_the_data_set() -> None:
    found = gather(DATASETS["digits"](), Recipe())
    assert found.pictures is not None
    assert all(np.shares_memory(column.values, found.pictures) for column in found.columns[:64])


@pytest.mark.parametrize(("shape", "expected"), [
    ((28, 28), (3, 28, 28)), ((28, 28, 1), (3, 28, 28)), ((28, 28, 3), (3, 28, 28, 3)), ((28, 2), None), ((9,), None),
    ((4, 4, 4), None),
])
def test_pictures_are_told_from_series_by_their_shape(shape: tuple[int, ...],
                                                      expected: tuple[int, ...] | None) -> None:
    found = pictures_in(Column(ColumnSpec("x", shape=shape), np.zeros((3, *shape), np.float32)))
    assert (None if found is None else found.shape) == expected


def test_flat_pictures_need_their_height_and_width() -> None:
    column = Column(ColumnSpec("x", shape=(6,)), np.arange(12, dtype=np.float32).reshape(2, 6))
    assert pictures_in(column) is None
    found = pictures_in(column, (2, 3))
    assert found is not None
    assert found[1].tolist() == [[6, 7, 8], [9, 10, 11]]


def test_series_have_time_and_channels() -> None:
    two = series_in(Column(ColumnSpec("x", shape=(50, 2)), np.zeros((3, 50, 2), np.float32)))
    one = series_in(Column(ColumnSpec("x", shape=(50,)), np.zeros((3, 50), np.float32)))
    assert two is not None
    assert two.shape == (3, 50, 2)
    assert one is not None
    assert one.shape == (3, 50, 1)
    named = ColumnSpec("x", shape=(50,), parts=tuple(map(str, range(50))))
    assert series_in(Column(named, np.zeros((3, 50), np.float32))) is None


def test_prepared_rows_are_those_that_the_network_gets_with_their_part() -> None:
    recipe = Recipe((STEPS["standardise"](),), validation=0.2, test=0.1)
    found, parts = gather_prepared(DATASETS["iris"](), recipe), prepare(DATASETS["iris"](), recipe)
    assert found.parts is not None
    assert np.bincount(found.parts).tolist() == [len(parts.train), len(parts.validation), len(parts.test)]
    values = np.stack([column.values for column in found.columns[:4]], axis=1)
    assert np.array_equal(values[found.parts == 0], parts.train.x)
    assert np.array_equal(values[found.parts == 2], parts.test.x)
    assert set(found.owners) == {""}
    assert found.columns[0].spec.name == "sepal length (cm)"


def test_whoever_stops_it_gets_nothing() -> None:
    task = Task()
    task.stop()
    with pytest.raises(CancelledError):
        gather(DATASETS["iris"](), Recipe(), task)
