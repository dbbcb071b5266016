"""MNIST and its likes, from small files; and from the real ones where they are."""
from __future__ import annotations

import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from core.datasets import DATASETS, Recipe, describe, prepare
from core.errors import DataError
from core.graph.check import check
from core.io import examples
from tests.core.datasets._idx_files import NAMES, digits, idx, write_mnist

# As it was before the fixture names other files.
REAL = Path(os.environ.get("LAYERLOOM_DATA", ".")) / "mnist"
Mnist = DATASETS["mnist"]
each = pytest.mark.parametrize("kind", ["mnist", "fashion_mnist"])


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A folder of data, and a cache of the user, both empty."""
    monkeypatch.setenv("LAYERLOOM_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, appauthor: tmp_path / "cache" / name)
    return tmp_path / "data"


@pytest.fixture
def cache(data):
    return data.parent / "cache" / "layerloom"


def refused(kind="mnist", act=lambda dataset: dataset.load(0)):
    with pytest.raises(DataError) as caught:
        act(DATASETS[kind]())
    assert caught.value.problem.hint
    return caught.value.problem


@each
def test_the_test_part_is_the_one_that_comes_with_the_data(kind):
    parts = prepare(DATASETS[kind](scale="unit"))
    for part, (pictures, labels) in ((parts.train, digits(60, 0)), (parts.test, digits(20, 1))):
        np.testing.assert_allclose(part.x.reshape(-1, 28, 28) * 255, pictures, atol=1e-4)
        np.testing.assert_array_equal(part.y, labels)
    assert len(parts.validation) == 0


def test_validation_is_cut_from_the_training_part_alone():
    parts = prepare(Mnist(), Recipe(validation=0.25))
    assert (len(parts.train), len(parts.validation), len(parts.test)) == (45, 15, 20)
    assert parts.test.y.tolist() == digits(20, 1)[1].tolist()
    assert describe(parts) == "MNIST: 80 samples, 784 features, 10 classes; 45 train, 15 validation, 20 test"


def test_a_share_for_testing_beside_the_own_test_part_is_refused_with_a_way_out():
    with pytest.raises(DataError) as caught:
        prepare(Mnist(), Recipe(test=0.2))
    assert caught.value.problem.param == "test"
    assert "MNIST brings a test part of its own" in caught.value.problem.message
    assert "Set the test share to 0" in caught.value.problem.hint


@pytest.mark.parametrize(("kind", "mean", "deviation"), [("mnist", 0.1307, 0.3081), ("fashion_mnist", 0.286, 0.353)])
def test_normal_scale_takes_the_mean_and_deviation_that_the_field_uses(kind, mean, deviation):
    x = DATASETS[kind](scale="normal").load(0).x
    wanted = (digits(60, 0)[0].reshape(60, 784) / 255.0 - mean) / deviation
    np.testing.assert_allclose(x, wanted, rtol=1e-5, atol=1e-6)
    assert x.dtype == np.float32


def test_unit_scale_runs_from_exactly_0_to_exactly_1():
    x = Mnist().load(0).x
    assert (x.min(), x.max()) == (0.0, 1.0)


def test_pictures_keep_their_rows_and_columns_if_they_are_not_flattened():
    flat, pictures = Mnist(), Mnist(flatten=False)
    assert flat.spec().picture == (28, 28)
    assert pictures.spec().shape == (28, 28, 1)
    np.testing.assert_array_equal(pictures.load(0).x.reshape(60, 784), flat.load(0).x)
    np.testing.assert_array_equal(pictures.held_out(0).x.reshape(20, 784), flat.held_out(0).x)


def test_a_number_of_samples_takes_the_first_of_the_training_part_and_the_whole_test_part():
    few, every = Mnist(samples=7), Mnist()
    np.testing.assert_array_equal(few.load(0).x, every.load(0).x[:7])
    assert few.load(0).y.tolist() == list(range(7))
    assert len(few.held_out(0)) == 20
    assert few.spec().samples == 7


def test_the_description_needs_no_files(data):
    spec = Mnist().spec()
    assert (spec.shape, spec.samples, spec.held_out) == ((784,), 60_000, 10_000)


def test_a_folder_that_somebody_chose_is_the_only_place_that_counts(data, tmp_path):
    write_mnist(data / "mnist", train=11)
    folder = write_mnist(tmp_path / "mine", train=12)
    assert len(Mnist(folder=str(folder)).load(0)) == 12
    problem = refused(act=lambda _: Mnist(folder=str(tmp_path)).load(0))
    assert problem.message.endswith(f"was not found in {tmp_path}.")
    assert "Choose the folder that holds the 4 original files of MNIST" in problem.hint


@each
def test_whether_files_are_missing_is_known_before_anything_is_read(data, kind):
    dataset = DATASETS[kind]()
    assert dataset.missing().code == "data.missing"
    write_mnist(data / kind)
    assert dataset.missing() is None


def test_a_check_of_the_network_finds_that_files_are_missing_and_still_knows_the_shapes(data):
    document = examples.load("mnist-mlp")
    report = check(document)
    (problem,) = report.problems
    assert (problem.code, problem.param, problem.blocks) == ("data.missing", "source", True)
    assert set(report.shapes) == set(document.nodes)
    write_mnist(data / "mnist")
    assert check(document, report).ok


@each
@pytest.mark.parametrize("act", [lambda d: d.load(0), lambda d: d.held_out(0)], ids=["load", "held_out"])
def test_files_that_are_nowhere_are_asked_for_by_name_and_place(data, cache, kind, act):
    problem = refused(kind, act)
    assert f"train-images-idx3-ubyte, plain or .gz, was not found in {data / kind} or {cache / kind}" in problem.message
    assert str(data / kind) in problem.hint


def test_where_no_folder_is_named_the_hint_tells_how_to_name_one(data, cache, monkeypatch):
    monkeypatch.delenv("LAYERLOOM_DATA")
    problem = refused()
    assert problem.message.endswith(f"was not found in {cache / 'mnist'}.")
    assert "let LAYERLOOM_DATA name the folder that holds mnist" in problem.hint


@pytest.mark.parametrize("name", NAMES)
def test_a_single_file_that_is_missing_is_named(data, name):
    (write_mnist(data / "mnist") / f"{name}.gz").unlink()
    assert f"the file {name}, plain" in refused().message


def test_files_in_the_cache_serve_too(data, cache):
    write_mnist(cache / "mnist", train=11)
    assert len(Mnist().load(0)) == 11


def test_the_named_folder_goes_before_the_cache(data, cache):
    write_mnist(cache / "mnist", train=11)
    write_mnist(data / "mnist", train=12)
    assert len(Mnist().load(0)) == 12


def test_an_incomplete_folder_is_passed_over_not_mixed_with_another(data, cache):
    (write_mnist(data / "mnist", train=12) / f"{NAMES[3]}.gz").unlink()
    write_mnist(cache / "mnist", train=11)
    assert len(Mnist().load(0)) == 11


def test_pictures_and_labels_of_different_number_are_refused(data):
    folder = write_mnist(data / "mnist")
    (folder / f"{NAMES[1]}.gz").write_bytes(gzip.compress(idx(digits(59, 0)[1])))
    assert "holds 60 pictures, but train-labels-idx1-ubyte.gz 59 labels" in refused().message


@pytest.mark.parametrize(("name", "where"), [(NAMES[1], "MNIST"), (NAMES[3], "MNIST, test part")])
def test_a_label_that_is_no_digit_is_named(data, name, where):
    folder = write_mnist(data / "mnist", train=20)
    labels = digits(20, 0)[1]
    labels[3] = 10
    (folder / f"{name}.gz").write_bytes(gzip.compress(idx(labels)))
    problem = refused(act=prepare)
    assert problem.message == f"{where}: class number 10 of sample 4 is not from 0 to 9."


@pytest.mark.parametrize(("train", "test", "where"), [(0, 20, "MNIST"), (20, 0, "MNIST, test part")])
def test_files_without_samples_are_refused(data, train, test, where):
    write_mnist(data / "mnist", train=train, test=test)
    assert refused(act=prepare).message == f"{where}: there are no samples."


@pytest.mark.skipif(not REAL.is_dir(), reason="the files of MNIST are not in LAYERLOOM_DATA")
def test_the_real_files_hold_what_the_field_knows(monkeypatch):
    monkeypatch.setenv("LAYERLOOM_DATA", str(REAL.parent))
    parts = prepare(Mnist(scale="normal"))
    assert (len(parts.train), len(parts.test)) == (60_000, 10_000)
    assert parts.train.y[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert np.bincount(parts.train.y).tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert parts.test.y[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]
    assert parts.train.x.mean(dtype=np.float64) == pytest.approx(0.0, abs=1e-3)
    assert parts.train.x.std(dtype=np.float64) == pytest.approx(1.0, abs=1e-3)
