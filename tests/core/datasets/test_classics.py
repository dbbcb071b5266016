"""The classics are the well-known ones."""
from __future__ import annotations

import numpy as np
from sklearn.datasets import load_digits, load_iris

from core.datasets import DATASETS


def test_iris_names_are_those_of_the_source():
    source, spec = load_iris(), DATASETS["iris"]().spec()
    assert spec.features == tuple(source.feature_names)
    assert spec.classes == tuple(source.target_names)


def test_iris_has_50_flowers_of_each_species():
    assert np.bincount(DATASETS["iris"]().load(0).y).tolist() == [50, 50, 50]


def test_digits_run_from_0_to_1():
    x = DATASETS["digits"]().load(0).x
    assert (x.min(), x.max()) == (0.0, 1.0)


def test_digits_read_row_by_row_are_the_pictures():
    source, dataset = load_digits(), DATASETS["digits"]()
    pictures = dataset.load(0).x.reshape(-1, *dataset.spec().picture)
    np.testing.assert_array_equal(pictures * 16, source.images)
    assert dataset.spec().classes == tuple(str(name) for name in source.target_names)
