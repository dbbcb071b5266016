"""Pictures of one's own in the format of MNIST."""
from __future__ import annotations

import gzip

import numpy as np
import pytest

from core.datasets import DATASETS, ReadingError, deferred, forget, prepare, source_for, survey
from core.datasets._idx import read_lengths
from core.errors import DataError
from tests.core.datasets._idx_files import NAMES, digits, idx, write_mnist

Idx = DATASETS["idx"]


@pytest.fixture(autouse=True)
def nothing_known():
    forget()


@pytest.fixture
def files(tmp_path):
    """Write pictures and labels by hand; gives the parameters that name them."""
    def write(x, y, test_x=None, test_y=None):
        given = {"pictures": x, "labels": y, "test_pictures": test_x, "test_labels": test_y}
        for name, items in given.items():
            if items is not None:
                (tmp_path / name).write_bytes(gzip.compress(idx(items)))
        return {name: str(tmp_path / name) for name, items in given.items() if items is not None}

    return write


def refused(words, act=lambda dataset: dataset.spec(), **params):
    with pytest.raises(DataError) as caught:
        act(Idx(**params))
    problem = caught.value.problem
    assert words in problem.message
    assert problem.param == "source"
    assert problem.hint.endswith(".")
    return problem


PICTURES = np.arange(4 * 3 * 2, dtype=np.uint8).reshape(4, 3, 2)


@pytest.mark.parametrize("zipped", [True, False])
def test_a_folder_with_files_like_those_of_mnist_gives_what_mnist_gives(tmp_path, monkeypatch, zipped):
    folder = write_mnist(tmp_path / "mnist", zipped=zipped)
    monkeypatch.setenv("LAYERLOOM_DATA", str(tmp_path))
    mine, mnist = prepare(Idx(path=str(folder))), prepare(DATASETS["mnist"]())
    for part in ("train", "test"):
        np.testing.assert_array_equal(getattr(mine, part).x, getattr(mnist, part).x)
        np.testing.assert_array_equal(getattr(mine, part).y, getattr(mnist, part).y)
    assert (mine.spec.picture, mine.spec.classes) == (mnist.spec.picture, mnist.spec.classes)


def test_names_of_files_may_say_more_as_those_of_emnist_do(tmp_path):
    folder = write_mnist(tmp_path / "emnist")
    for path in list(folder.iterdir()):
        path.rename(folder / f"emnist-digits-{path.name.replace('t10k', 'test')}")
    spec = Idx(path=str(folder)).spec()
    assert (spec.samples, spec.held_out) == (60, 20)


def test_pictures_of_any_size_are_taken_and_labels_become_classes_in_their_order(files):
    dataset = Idx(**files(PICTURES, [7, 3, 7, 250]), flatten=False)
    spec, samples = dataset.spec(), dataset.load(0)
    assert (spec.shape, spec.classes, spec.samples, spec.held_out) == ((3, 2, 1), ("3", "7", "250"), 4, 0)
    np.testing.assert_allclose(samples.x[..., 0] * 255, PICTURES, atol=1e-4)
    assert samples.y.tolist() == [1, 0, 1, 2]
    assert dataset.held_out(0) is None


def test_pictures_in_colour_are_taken(files):
    x = np.arange(2 * 3 * 2 * 3, dtype=np.uint8).reshape(2, 3, 2, 3)
    params = files(x, [0, 1])
    assert Idx(**params, flatten=False).spec().shape == (3, 2, 3)
    flat = Idx(**params)
    assert (flat.spec().shape, flat.spec().picture) == ((18,), None)
    np.testing.assert_allclose(flat.load(0).x.reshape(x.shape) * 255, x, atol=1e-4)


def test_pictures_that_lie_on_their_side_are_set_upright(files):
    dataset = Idx(**files(PICTURES, [0, 1, 0, 1]), transposed=True)
    assert (dataset.spec().picture, dataset.spec().shape) == ((2, 3), (6,))
    np.testing.assert_allclose(dataset.load(0).x.reshape(4, 2, 3) * 255, PICTURES.transpose(0, 2, 1), atol=1e-4)


def test_classes_may_have_names(files):
    params = files(PICTURES, [7, 3, 7, 250])
    assert Idx(**params, names=["cat", "dog", "owl"]).spec().classes == ("cat", "dog", "owl")
    refused("there are 2 names, but 3 different labels", **params, names=["cat", "dog"])


def test_the_first_samples_can_be_taken_alone(files):
    dataset = Idx(**files(PICTURES, [0, 1, 0, 1]), samples=3)
    assert (dataset.spec().samples, len(dataset.load(0))) == (3, 3)
    assert Idx(**files(PICTURES, [0, 1, 0, 1]), samples=99).spec().samples == 4


def test_only_headers_and_labels_are_read_for_the_description(files):
    params = files(PICTURES, [0, 1, 0, 1])
    with gzip.open(params["pictures"], "wb") as file:
        file.write(idx(PICTURES)[:-5])
    assert Idx(**params).spec().samples == 4
    refused("ends too early", lambda dataset: dataset.load(0), **params)


def test_a_file_that_is_shorter_than_its_header_says_is_refused_at_once(files):
    params = files(PICTURES, [0, 1, 0, 1])
    with open(params["pictures"], "wb") as file:
        file.write(idx(PICTURES)[:-5])
    refused("ends too early", lambda dataset: dataset.spec(), **params)


def test_in_the_window_files_are_read_aside(files):
    dataset = Idx(**files(PICTURES, [0, 1, 0, 1]))
    with deferred(), pytest.raises(ReadingError):
        dataset.spec()
    survey(dataset)
    with deferred():
        assert dataset.spec().samples == 4


def test_files_that_change_are_read_anew(files):
    params = files(PICTURES, [0, 1, 0, 1])
    assert len(Idx(**params).spec().classes) == 2
    files(np.concatenate([PICTURES, PICTURES]), [0, 1, 2, 3, 0, 1, 2, 3])
    assert len(Idx(**params).spec().classes) == 4


@pytest.mark.parametrize(("change", "words"), [
    ({"test_labels": None}, "There are test pictures, but no test labels"),
    ({"labels": None}, "There are training pictures, but no training labels"),
    ({"labels": [0, 1, 0]}, "pictures holds 4 pictures, but labels 3 labels"),
    ({"labels": [0, 0, 0, 0]}, "holds one label only"),
    ({"labels": PICTURES}, "does not hold a list of numbers"),
    ({"pictures": [1, 2, 3, 4]}, "does not hold pictures: its header tells of 1 axes instead of 3 or 4"),
    ({"pictures": np.zeros((0, 3, 2)), "labels": []}, "holds no labels"),
    ({"pictures": np.zeros((4, 0, 2))}, "holds nothing"),
    ({"test_pictures": np.zeros((2, 2, 2))}, "Training pictures have 3 × 2 pixels, but test pictures 2 × 2"),
    ({"test_labels": [0, 9]}, "holds the label 9 (item 2), which no training picture has"),
    ({"test_labels": [0]}, "test_pictures holds 2 pictures, but test_labels 1 labels"),
])
def test_files_that_do_not_belong_together_are_refused(files, change, words):
    given = {"pictures": PICTURES, "labels": [0, 1, 0, 1], "test_pictures": PICTURES[:2], "test_labels": [0, 1]}
    params = files(*(change.get(name, items) for name, items in given.items()))
    refused(words, **params)


def test_a_file_that_is_not_there_is_named(files, tmp_path):
    params = files(PICTURES, [0, 1, 0, 1])
    refused(f"The file of training labels, {tmp_path / 'nowhere'}, was not found",
            **{**params, "labels": str(tmp_path / "nowhere")})


def test_a_folder_without_such_files_is_refused(tmp_path):
    refused("holds no file of training pictures", path=str(tmp_path))
    refused("cannot be read: No such file or directory", path=str(tmp_path / "nowhere"))


def test_a_folder_with_several_sets_is_refused(tmp_path):
    folder = write_mnist(tmp_path / "both")
    (folder / f"kmnist-{NAMES[0]}").write_bytes(b"")
    problem = refused("several files of training pictures", path=str(folder))
    assert "one by one" in problem.hint


def test_a_folder_or_one_of_its_files_is_recognised(tmp_path):
    folder = write_mnist(tmp_path / "set")
    for path in (folder, folder / f"{NAMES[1]}.gz"):
        source = source_for(path)
        assert (source.kind, source.params["path"]) == ("idx", str(folder))
    (folder / "notes.txt").write_text("hello")
    assert Idx.takes(folder / "notes.txt") is None
    assert Idx.takes(tmp_path) is None


def test_the_home_folder_may_be_written_short(tmp_path, monkeypatch):
    write_mnist(tmp_path / "set")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert Idx(path="~/set").spec().samples == 60
    assert len(DATASETS["mnist"](folder="~/set").load(0)) == 60


@pytest.mark.parametrize(("content", "words"), [
    (b"", "is no IDX file of unsigned bytes"),
    (idx([1])[:5], "holds nothing"),
    (idx(7, lengths=()), "holds nothing"),
    (idx([], lengths=(2**32 - 1, 2**15, 2**15)), "is too large"),
])
def test_a_header_that_promises_nonsense_is_refused(tmp_path, content, words):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(DataError, match=words):
        read_lengths(path)


def test_labels_that_change_after_they_were_looked_at_are_refused(files, monkeypatch):
    params = files(PICTURES, [0, 1, 0, 1])
    found = Idx(**params)._found()
    files(PICTURES, [0, 1, 0, 5])
    monkeypatch.setattr(Idx, "_found", lambda self: found)
    refused("holds the label 5 (item 4)", lambda dataset: dataset.load(0), **params)


def test_the_same_digits_come_whichever_way_they_are_named(tmp_path):
    folder = write_mnist(tmp_path / "set")
    by_hand = {"pictures": str(folder / f"{NAMES[0]}.gz"), "labels": str(folder / f"{NAMES[1]}.gz")}
    samples = Idx(**by_hand).load(0)
    np.testing.assert_array_equal(samples.x, Idx(path=str(folder)).load(0).x)
    assert samples.y.tolist() == digits(60, 0)[1].tolist()
