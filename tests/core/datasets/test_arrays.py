"""Arrays from files of NumPy."""
from __future__ import annotations

import io
import os
import struct
import zipfile

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.datasets import DATASETS, CancelledError, ReadingError, Recipe, Task, deferred, forget, prepare, survey
from core.datasets import _npy as npy
from core.datasets.arrays import Arrays
from core.errors import DataError
from core.preprocessing import STEPS

X = np.arange(24.0).reshape(12, 2)
Y = np.arange(12) % 3


@pytest.fixture
def write(tmp_path):
    """Writes a .npz file of the given arrays and makes a data set of it."""
    def make(compressed=False, params=(), **arrays):
        path = tmp_path / "some.npz"
        (np.savez_compressed if compressed else np.savez)(path, **arrays)
        forget()
        return Arrays(path=str(path), **dict(params))
    return make


def refused(dataset):
    with pytest.raises(DataError) as caught:
        prepare(dataset)
    problem = caught.value.problem
    assert problem.param == "source"
    assert problem.hint
    return problem.message


def header_of(shape, descr="<f8", fortran=False):
    """The beginning of a .npy file that promises such an array."""
    text = repr({"descr": descr, "fortran_order": fortran, "shape": shape}).encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize(("x", "y"), [("x", "y"), ("X", "Y"), ("data", "labels"), ("Data", "target"),
                                      ("features", "labels"), ("x_train", "y_train"), ("arr_0", "arr_1")])
def test_arrays_are_found_by_usual_names(write, x, y, compressed):
    dataset = write(compressed, **{y: Y, x: X, "other": np.ones(3)})
    samples = dataset.load(0)
    assert samples.x.tolist() == X.tolist()
    assert samples.y.tolist() == Y.tolist()
    assert dataset.spec().classes == ("0", "1", "2")


@pytest.mark.parametrize(("names", "test"), [(("x_train", "y_train"), ("x_test", "y_test")),
                                             (("x", "y"), ("x_test", "y_test")),
                                             (("train_images", "train_labels"), ("test_images", "test_labels"))])
def test_a_test_part_of_its_own_is_found(write, names, test):
    dataset = write(**dict(zip((*names, *test), (X, Y, X[:4] + 1, Y[:4]), strict=True)))
    assert dataset.spec().held_out == 4
    parts = prepare(dataset, Recipe(validation=0.25))
    assert parts.test.x.tolist() == (X[:4] + 1).tolist()
    assert len(parts.train) + len(parts.validation) == 12


def test_arrays_can_be_named(write):
    dataset = write(params={"x_name": "Weather", "y_name": "rain"}, Weather=X, rain=Y, x=X * 0, y=Y * 0)
    assert dataset.load(0).x.tolist() == X.tolist()


def test_names_that_say_nothing_are_listed(write):
    message = refused(write(a=X, b=Y))
    assert message == "some.npz does not tell by its names which array holds the samples and which the targets."


def test_a_name_that_is_not_there_is_refused(write):
    assert 'holds no array "z"' in refused(write(params={"x_name": "z"}, x=X, y=Y))


def test_samples_and_targets_can_have_files_of_their_own(tmp_path):
    np.save(tmp_path / "inputs.npy", X)
    np.save(tmp_path / "answers.npy", Y)
    dataset = Arrays(path=str(tmp_path / "inputs.npy"), labels_path=str(tmp_path / "answers.npy"))
    assert dataset.load(0).y.tolist() == Y.tolist()
    assert "the targets are not chosen yet" in refused(Arrays(path=str(tmp_path / "inputs.npy")))


@pytest.mark.parametrize(("name", "other"), [("x.npy", "y.npy"), ("X_train.npy", "y_train.npy"),
                                             ("images.npy", "Labels.npy")])
def test_a_dropped_file_finds_its_partner(tmp_path, name, other):
    np.save(tmp_path / name, X)
    assert Arrays.takes(tmp_path / name) == {"path": str(tmp_path / name)}
    np.save(tmp_path / other, Y)
    assert Arrays(**Arrays.takes(tmp_path / name)).load(0).y.tolist() == Y.tolist()


def test_only_files_of_numpy_are_taken(tmp_path):
    assert Arrays.takes(tmp_path / "some.NPZ") == {"path": str(tmp_path / "some.NPZ")}
    assert Arrays.takes(tmp_path / "some.csv") is None


@pytest.mark.parametrize("dtype", ["?", "i1", "u1", "<i2", ">i2", ">u4", "<i8", ">i8", "<f2", ">f2", ">f4",
                                   "<f8", ">f8"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_any_numbers_in_any_order_of_bytes_and_axes_are_read(write, dtype, order):
    x = np.asarray(np.arange(36).reshape(6, 3, 2) % 2, dtype, order=order)
    samples = write(x=x, y=np.arange(6) % 2).load(0)
    assert samples.x.tolist() == x.astype(float).tolist()
    assert samples.x.dtype == np.float32
    assert samples.x.flags.c_contiguous


@given(x=hnp.arrays(st.sampled_from(["<f4", ">f8", "<i4", "u1", "?"]), hnp.array_shapes(max_side=5),
                    elements=st.integers(0, 1)), order=st.sampled_from("CF"), compressed=st.booleans())
def test_what_numpy_has_written_comes_back(tmp_path_factory, x, order, compressed):
    path = tmp_path_factory.mktemp("arrays") / "some.npz"
    (np.savez_compressed if compressed else np.savez)(path, x=np.asarray(x, order=order))
    place = npy.Place(path, "x")
    assert npy.read_header(place).shape == x.shape
    assert npy.read_array(place, Task()).tolist() == x.tolist()


def test_a_row_of_numbers_is_one_feature(write):
    dataset = write(x=np.arange(4.0), y=[0, 1, 0, 1])
    assert dataset.spec().shape == (1,)
    assert dataset.load(0).x.tolist() == [[0], [1], [2], [3]]


@pytest.mark.parametrize(("y", "classes", "codes"), [
    ([3, 7, 3, 5], ("3", "5", "7"), [0, 2, 0, 1]),
    ([-1, 1, 1, -1], ("-1", "1"), [0, 1, 1, 0]),
    ([True, False, True, True], ("False", "True"), [1, 0, 1, 1]),
    ([2.0, 0.0, 2.0, 0.0], ("0", "2"), [1, 0, 1, 0]),
    (["cat", "dog", "älg", "cat"], ("cat", "dog", "älg"), [0, 1, 2, 0]),
    ([b"cat", b"dog", b"cat", b"dog"], ("cat", "dog"), [0, 1, 0, 1]),
    ([[1], [2], [1], [2]], ("1", "2"), [0, 1, 0, 1]),
    ([[0, 1], [1, 0], [0, 1], [0, 1]], ("0", "1"), [1, 0, 1, 1]),
])
def test_classes_are_called_by_their_values(write, y, classes, codes):
    dataset = write(x=np.zeros((4, 2)), y=np.array(y))
    assert dataset.spec().classes == classes
    assert dataset.load(0).y.tolist() == codes
    assert dataset.load(0).y.dtype == np.intp


@pytest.mark.parametrize(("y", "targets"), [
    (np.linspace(0, 1, 12), 1), (np.arange(24.0).reshape(12, 2), 2), (np.arange(36).reshape(12, 3), 3),
    (np.linspace(-1, 1, 12).reshape(12, 1), 1)])
def test_other_numbers_are_predicted_as_numbers(write, y, targets):
    dataset = write(x=X, y=y)
    assert (dataset.spec().classes, dataset.spec().targets, dataset.spec().multi_label) == ((), targets, False)
    assert dataset.load(0).y.tolist() == y.reshape(12, -1).astype(np.float32).tolist()


def test_zeros_and_ones_that_are_no_single_class_are_several_questions(write):
    dataset = write(x=X[:3], y=[[0, 1], [1, 1], [0, 0]])
    assert dataset.spec().multi_label
    assert dataset.spec().targets == 2


def test_many_different_whole_numbers_are_numbers_unless_they_are_many_times_there(write):
    assert write(x=np.zeros((60, 1)), y=np.arange(60)).spec().classes == ()
    assert len(write(x=np.zeros((600, 1)), y=np.arange(600) % 60).spec().classes) == 60


def test_what_the_targets_are_can_be_said(write):
    assert write(params={"target": "numbers"}, x=X, y=Y).load(0).y.ravel().tolist() == Y.tolist()
    assert len(write(params={"target": "classes"}, x=np.zeros((60, 1)), y=np.arange(60)).spec().classes) == 60


def test_the_samples_themselves_are_not_read_for_the_description(write, monkeypatch):
    read, whole = [], npy.read_array
    monkeypatch.setattr("core.datasets.arrays.read_array",
                        lambda place, *rest: read.append(place.name) or whole(place, *rest))
    assert write(x=X, y=Y).spec().samples == 12
    assert read == ["y"]


def test_a_window_does_not_wait_for_the_files(write):
    dataset = write(x=X, y=Y)
    with deferred(), pytest.raises(ReadingError):
        dataset.spec()
    survey(dataset)
    with deferred():
        assert dataset.spec().samples == 12


def test_reading_can_be_stopped(write):
    task = Task()
    task.stop()
    with pytest.raises(CancelledError):
        survey(write(x=X, y=Y), task)


def test_a_changed_file_is_read_anew(tmp_path):
    path = tmp_path / "some.npz"
    np.savez(path, x=X, y=Y)
    dataset = Arrays(path=str(path))
    assert dataset.spec().samples == 12
    np.savez(path, x=X[:9], y=Y[:9])
    assert dataset.spec().samples == 9
    path.unlink()
    assert refused(dataset) == f"The file {path} was not found."


@pytest.mark.parametrize(("arrays", "message"), [
    ({"x": X, "y": Y[:9]}, 'array "x" holds 12 samples, but some.npz, array "y" holds 9 targets'),
    ({"x": X + 1j, "y": Y}, 'array "x" holds complex numbers'),
    ({"x": X, "y": Y + 1j}, 'array "y" holds complex numbers'),
    ({"x": X.astype(object), "y": Y}, "holds Python objects, which are not read"),
    ({"x": np.zeros(12, [("a", "f4"), ("b", "i4")]), "y": Y}, "holds records with several fields"),
    ({"x": np.zeros(12, "V4"), "y": Y}, "holds records with several fields"),
    ({"x": X, "y": np.zeros(12, "M8[D]")}, "holds dates"),
    ({"x": X.astype(str), "y": Y}, "holds words instead of numbers"),
    ({"x": np.float64(1), "y": Y}, "holds a single number instead of samples"),
    ({"x": X, "y": np.int64(1)}, "but some.npz, array \"y\" holds a single number"),
    ({"x": X[:0], "y": Y[:0]}, "holds no values"),
    ({"x": X, "y": Y * 0}, 'holds one class only, "0"'),
    ({"x": X, "y": np.full(12, "a")}, 'holds one class only, "a"'),
    ({"x": X, "y": np.zeros((12, 2, 2))}, "has the shape (12, 2, 2)"),
    ({"x": X, "y": np.full((12, 2), "a")}, "has 2 words for each sample"),
    ({"x_train": X, "y_train": Y, "x_test": X[:2, :1], "y_test": Y[:2]}, "holds samples of shape (1,), but those"),
    ({"x_train": X, "y_train": Y, "x_test": X[:2], "y_test": [0, 8]}, 'holds the class "8" in row 2, which does not'),
    ({"x_train": X, "y_train": Y, "x_test": X[:2], "y_test": [0]}, "holds 2 samples, but"),
])
def test_arrays_that_do_not_fit_are_refused(write, arrays, message):
    assert message in refused(write(**arrays))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_targets_that_are_not_there_are_refused_by_their_row(write, value):
    y = np.where(np.arange(12) == 4, value, Y)
    assert "NaN or infinity as a class, first in row 5" in refused(write(params={"target": "classes"}, x=X, y=y))
    with pytest.raises(DataError, match="1 of 12 samples holds NaN or infinity, first in the target of sample 5"):
        prepare(write(x=X, y=y))


def test_numbers_too_large_for_single_precision_are_refused_by_their_place(write):
    with pytest.raises(DataError, match="holds NaN or infinity, first in column 2 of sample 1"):
        prepare(write(x=np.array([[1.0, 1e300], [1.0, 2.0]]), y=[0, 1]))


@pytest.mark.parametrize("shape", [(10**13,), (10**6, 10**6, 10), (2**40, 2**40)])
def test_a_header_that_promises_more_than_there_is_takes_no_memory(tmp_path, shape):
    path, labels = tmp_path / "x.npy", tmp_path / "y.npy"
    path.write_bytes(header_of(shape) + bytes(64))
    np.save(labels, Y)
    assert "ends too early: its header promises" in refused(Arrays(path=str(path), labels_path=str(labels)))


def test_a_file_larger_than_the_memory_allows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(npy, "LARGEST", 80)
    np.savez(tmp_path / "some.npz", x=X, y=Y)
    assert "which are too many for the memory" in refused(Arrays(path=str(tmp_path / "some.npz")))


def test_what_inflates_too_much_is_refused_before_it_is_inflated(write, monkeypatch):
    monkeypatch.setattr(npy, "HARMLESS", 1000)
    dataset = write(compressed=True, x=np.zeros((100_000, 8)), y=np.arange(100_000) % 2)
    assert "would be more than 500 times as large" in refused(dataset)


def test_a_member_that_lies_about_its_size_is_refused(tmp_path):
    path = tmp_path / "some.npz"
    raw = io.BytesIO()
    np.savez(raw, x=X, y=Y)
    damaged = bytearray(raw.getvalue())
    damaged[damaged.index(b"\x93NUMPY") + 140] ^= 0xFF
    path.write_bytes(bytes(damaged))
    assert "is damaged" in refused(Arrays(path=str(path)))


@pytest.mark.parametrize("raw", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"\x93NUMPY", b"\x93NUMPY\x09\x00", b"hello",
                                 header_of((2,), "|O"), header_of((-1,)), header_of(("a",)), header_of((2,), "<U0"),
                                 b"\x93NUMPY\x01\x00\x04\x00((((", header_of((2,), "rubbish")])
def test_a_broken_file_is_refused_in_one_sentence(tmp_path, raw):
    path, labels = tmp_path / "x.npy", tmp_path / "y.npy"
    path.write_bytes(raw)
    np.save(labels, Y)
    assert refused(Arrays(path=str(path), labels_path=str(labels))).startswith("x.npy ")


def test_a_folder_is_refused(tmp_path):
    assert "cannot be read" in refused(Arrays(path=str(tmp_path)))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="makes a pipe")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "x.npy")
    assert refused(Arrays(path=str(tmp_path / "x.npy"))) == "x.npy cannot be read: it is no file."


def archive(compressed):
    raw = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(raw, x=X, y=Y, x_test=X[:2], y_test=Y[:2])
    return raw.getvalue()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(compressed=st.booleans(), changes=st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=4)), max_size=6),
       end=st.none() | st.integers(0, 1500))
@example(compressed=False, changes=[], end=None)
def test_whatever_is_in_a_file_it_is_read_or_refused(tmp_path, compressed, changes, end):
    raw = bytearray(archive(compressed))
    for place, value in changes:
        raw[place % len(raw) : place % len(raw) + len(value)] = value
    path = tmp_path / "some.npz"
    path.write_bytes(bytes(raw[:end]))
    forget()
    dataset = Arrays(path=str(path))
    try:
        spec, samples = dataset.spec(), dataset.load(0)
    except DataError:
        return
    assert samples.x.shape == (spec.samples, *spec.shape)


@given(raw=st.binary(max_size=200), shape=st.lists(st.integers(-5, 10**15), max_size=3).map(tuple),
       descr=st.sampled_from(["<f4", ">i8", "|O", "<U3", "|b1", "<c8", "<m8[s]", "|V3", "(2,2)f4"])
       | st.text(max_size=6))
def test_whatever_follows_a_header_it_is_read_or_refused(tmp_path_factory, raw, shape, descr):
    path = tmp_path_factory.mktemp("header") / "x.npy"
    path.write_bytes(header_of(shape, descr) + raw)
    try:
        found = npy.read_array(npy.Place(path), Task())
    except DataError:
        return
    assert found.shape == shape
    assert found.nbytes <= len(raw)


def test_a_member_behind_a_password_is_refused(tmp_path):
    raw = bytearray(archive(False))
    for place in range(len(raw) - 4):
        if raw[place : place + 4] in (b"PK\x01\x02",):
            raw[place + 8] |= 1
    (tmp_path / "some.npz").write_bytes(bytes(raw))
    assert "is encrypted" in refused(Arrays(path=str(tmp_path / "some.npz")))


def test_an_archive_without_arrays_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "some.npz", "w") as file:
        file.writestr("readme.txt", "nothing here")
    assert "holds no arrays" in refused(Arrays(path=str(tmp_path / "some.npz")))


def test_steps_and_splits_work_on_arrays(write):
    parts = prepare(write(x=X, y=Y), Recipe((STEPS["min_max"](),), split="ordered", test=0.25))
    assert parts.train.x.min() == 0.0
    assert parts.train.x.max() == 1.0
    assert len(parts.test) == 3


def test_it_is_in_the_catalogue():
    assert DATASETS["arrays"] is Arrays
