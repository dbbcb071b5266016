"""The generated table."""
from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import make_classification

from core.datasets import DATASETS
from core.errors import DataError

Table = DATASETS["make_classification"]


def test_the_defaults_are_the_table_that_the_field_uses():
    x, y = make_classification(1000, 20, n_informative=15, n_redundant=5, n_classes=2, random_state=42)
    table = Table().load(0)
    np.testing.assert_array_equal(table.x, x.astype(np.float32))
    np.testing.assert_array_equal(table.y, y)


def test_the_seed_of_the_training_does_not_change_the_table():
    assert Table().load(1).x.tobytes() == Table().load(2).x.tobytes()


def test_its_own_seed_changes_the_table():
    one, other = (Table(random_state=state).load(0).x for state in (1, 2))
    assert not set(map(tuple, one)) & set(map(tuple, other))


def test_the_spec_follows_the_parameters():
    table = Table(samples=60, features=7, informative=4, redundant=1, classes=3)
    assert table.spec().shape == (7,)
    assert table.spec().features == ("x1", "x2", "x3", "x4", "x5", "x6", "x7")
    assert table.spec().classes == ("0", "1", "2")
    assert table.load(0).x.shape == (60, 7)
    assert set(table.load(0).y) == {0, 1, 2}


@pytest.mark.parametrize("act", [Table.spec, lambda table: table.load(0)], ids=["spec", "load"])
def test_more_useful_columns_than_columns_are_refused_with_a_way_out(act):
    with pytest.raises(DataError) as caught:
        act(Table(features=10))
    assert caught.value.problem.param == "features"
    assert "15 informative and 5 redundant columns do not fit into 10 features." in str(caught.value)
    act(Table(features=20))


@pytest.mark.parametrize("act", [Table.spec, lambda table: table.load(0)], ids=["spec", "load"])
def test_more_clusters_than_corners_are_refused_with_a_way_out(act):
    with pytest.raises(DataError) as caught:
        act(Table(informative=2, classes=3))
    assert caught.value.problem.param == "informative"
    assert "3 classes need 6 clusters, but 2 informative columns give room for 4." in str(caught.value)
    assert "Set informative to 3 or more" in str(caught.value)
    act(Table(informative=3, classes=3))


def test_the_smallest_table_loads():
    table = Table(samples=10, features=2, informative=2, redundant=0)
    assert table.load(0).x.shape == (10, 2)
