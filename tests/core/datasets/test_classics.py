"""The classics are the well-known ones, and any of their columns can be the target."""
from __future__ import annotations

import csv
from importlib import resources

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_iris, load_wine

from core.datasets import DATASETS, Recipe, outline, prepare
from core.errors import DataError

PETAL = "petal width (cm)"


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


@pytest.mark.parametrize(("kind", "source"), [("wine", load_wine), ("breast_cancer", load_breast_cancer)])
def test_the_tables_hold_the_numbers_of_scikit_learn(kind, source):
    source, table = source(), DATASETS[kind]().load(0)
    np.testing.assert_array_equal(table.x, source.data.astype(np.float32))
    np.testing.assert_array_equal(table.y, source.target)


def test_columns_of_wine_are_in_the_order_of_the_source():
    ours = [name.lower().replace(" ", "_") for name in DATASETS["wine"]().spec().features]
    same = {"alcalinity_of_ash": "alkalinity_of_ash", "color_intensity": "colour_intensity",
            "od280/od315_of_diluted_wines": "od280/od315"}
    assert ours == [same.get(name, name) for name in load_wine().feature_names]


def test_names_of_tumours_are_those_of_the_source():
    source, spec = load_breast_cancer(), DATASETS["breast_cancer"]().spec()
    assert spec.features == tuple(source.feature_names)
    assert spec.classes == tuple(source.target_names)


def test_diabetes_is_in_the_units_in_which_it_was_measured():
    table, spec = DATASETS["diabetes"]().load(0), DATASETS["diabetes"]().spec()
    np.testing.assert_array_equal(table.x, load_diabetes(scaled=False).data.astype(np.float32))
    assert (table.y.min(), table.y.max()) == (25.0, 346.0)
    values = dict(zip(spec.features, table.x.T, strict=True))
    assert (values["age"].min(), values["age"].max()) == (19.0, 79.0)
    assert set(values["sex"].tolist()) == {1.0, 2.0}
    np.testing.assert_allclose(values["cholesterol ratio"],
                               values["total cholesterol"] / values["high-density lipoproteins"], atol=0.7)


def test_the_number_of_wines_of_each_cultivar_is_that_of_the_file():
    file = resources.files("sklearn.datasets.data") / "wine_data.csv"
    with file.open(encoding="utf-8") as stream:
        count, width, *_ = next(csv.reader(stream))
    spec = DATASETS["wine"]().spec()
    assert (spec.samples, *spec.shape) == (int(count), int(width))
    assert np.bincount(DATASETS["wine"]().load(0).y).tolist() == [59, 71, 48]


@pytest.mark.parametrize(("kind", "target"), [
    ("iris", "species"), ("wine", "cultivar"), ("breast_cancer", "diagnosis"), ("diabetes", "progression"),
    ("california_housing", "MedHouseVal"), ("make_regression", "y"), ("sine", "y")])
def test_what_is_predicted_has_a_name(kind, target):
    assert [column.name for column in DATASETS[kind]().columns() if column.role == "target"] == [target]
    assert DATASETS[kind]().spec().target_names == (target,)


def test_the_width_of_a_petal_can_be_predicted_instead_of_the_species():
    iris = DATASETS["iris"]()
    recipe = Recipe(roles={PETAL: "target", "species": "ignore"}, validation=0.2)
    spec, parts = outline(iris, recipe), prepare(iris, recipe)
    assert parts.spec == spec
    assert (spec.shape, spec.classes, spec.targets, spec.target_names) == ((3,), (), 1, (PETAL,))
    assert PETAL not in spec.features
    both = [np.concatenate(pair) for pair in zip(*((part.x, part.y) for part in (parts.train, parts.validation)),
                                                 strict=True)]
    rows = np.column_stack(both)
    source = load_iris().data.astype(np.float32)
    np.testing.assert_array_equal(rows[np.lexsort(rows.T)], source[np.lexsort(source.T)])


def test_two_numbers_can_be_predicted_at_once():
    table = DATASETS["wine"]()
    parts = prepare(table, Recipe(roles={"cultivar": "ignore", "hue": "target", "proline": "target"}))
    assert parts.spec.target_names == ("hue", "proline")
    names = table.spec().features
    np.testing.assert_array_equal(parts.train.y, table.load(0).x[:, [names.index("hue"), names.index("proline")]])


def test_a_regression_table_can_leave_columns_out():
    table = DATASETS["diabetes"]()
    parts = prepare(table, Recipe(roles={"sex": "ignore"}))
    assert parts.spec.shape == (9,)
    np.testing.assert_array_equal(parts.train.x, np.delete(table.load(0).x, 1, axis=1))
    np.testing.assert_array_equal(parts.train.y, table.load(0).y)


def test_a_class_beside_a_number_cannot_be_predicted():
    with pytest.raises(DataError, match='"species" cannot be predicted beside others'):
        outline(DATASETS["iris"](), Recipe(roles={PETAL: "target"}))
