"""The truth tables."""
from __future__ import annotations

import pytest

from core.datasets import DATASETS

TRUTH = {"and": [0, 0, 0, 1], "or": [0, 1, 1, 1], "xor": [0, 1, 1, 0]}


@pytest.mark.parametrize("kind", TRUTH)
def test_the_corners_come_in_counting_order(kind):
    assert DATASETS[kind]().load(0).x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


@pytest.mark.parametrize(("kind", "truth"), TRUTH.items())
def test_the_class_is_the_value_of_the_function(kind, truth):
    assert DATASETS[kind]().load(0).y.tolist() == truth


@pytest.mark.parametrize("kind", TRUTH)
def test_no_seed_changes_a_truth_table(kind):
    assert DATASETS[kind]().load(1).x.tobytes() == DATASETS[kind]().load(2).x.tobytes()
