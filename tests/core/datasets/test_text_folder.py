"""Folders of texts."""
from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.datasets import CancelledError, ReadingError, Recipe, Task, deferred, outline, prepare, survey
from core.datasets import _text_folders as folders
from core.datasets.text_folder import TextFolder
from core.errors import DataError
from core.preprocessing import STEPS

links = pytest.mark.skipif(os.name == "nt", reason="makes symbolic links")


def fill(root, **texts):
    """Writes texts, given by folder, as numbered files."""
    for name, every in texts.items():
        folder = root / name.replace("__", "/")
        folder.mkdir(parents=True, exist_ok=True)
        for number, text in enumerate(every, 1):
            raw = text if isinstance(text, bytes) else text.encode()
            (folder / f"{number}.txt").write_bytes(raw)
    return TextFolder(path=str(root))


def read(dataset):
    """Pairs of a text and its class."""
    text, label, *_ = dataset.table(0)
    return [(one, label.spec.categories[code]) for one, code in zip(text.values, label.values, strict=True)]


def refused(dataset, whole=False):
    with pytest.raises(DataError) as caught:
        dataset.table(0) if whole else dataset.columns()
    assert caught.value.problem.param == "source"
    assert caught.value.problem.hint
    return caught.value.problem.message


def test_texts_get_the_names_of_their_folders_as_classes(tmp_path):
    dataset = fill(tmp_path, good=["I like it", "fine"], bad=["no"])
    assert read(dataset) == [("no", "bad"), ("I like it", "good"), ("fine", "good")]
    assert dataset.count() == 3


def test_files_and_classes_come_in_natural_order(tmp_path):
    dataset = fill(tmp_path, **{"10": [str(n) for n in range(1, 12)], "9": ["x"]})
    assert dataset.columns()[1].categories == ("9", "10")
    assert [text for text, _ in read(dataset)] == ["x", *map(str, range(1, 12))]


@pytest.mark.parametrize(("raw", "text"), [
    (b"caf\xc3\xa9", "café"), (b"\xef\xbb\xbfcaf\xc3\xa9", "café"), (b"caf\xe9 \x80", "café €"),
    ("zażółć".encode("utf-16"), "zażółć"), (b"\xfe\xff" + "zażółć".encode("utf-16-be"), "zażółć"),
    (b"a \x81 b", "a \x81 b"), (b"", ""), ("日本".encode(), "日本"), (b"two\r\nlines\n", "two\r\nlines\n")])
def test_encodings_are_found_out(tmp_path, raw, text):
    assert read(fill(tmp_path, a=[raw], b=["x"]))[0] == (text, "a")


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_in_utf_8_comes_back(tmp_path, text):
    assert read(fill(tmp_path, a=[text], b=["x"]))[0] == (text, "a")


@given(raw=st.binary(max_size=80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_in_a_file_it_is_read_or_refused(tmp_path, raw):
    dataset = fill(tmp_path, a=[raw], b=["x"])
    try:
        table = read(dataset)
    except DataError:
        return
    assert len(table) == 2


def test_folders_for_training_and_test_name_the_part_of_each_text(tmp_path):
    dataset = fill(tmp_path, train__pos=["a b", "c d"], train__neg=["e f"], test__pos=["g"], test__neg=["h"])
    text, label, part = dataset.columns()
    assert (text.role, label.categories, part.role) == ("input", ("neg", "pos"), "ignore")
    recipe = Recipe((STEPS["tokens"](length=2),), split="column", split_column="part")
    parts = prepare(dataset, recipe)
    assert (len(parts.train), len(parts.validation), len(parts.test)) == (3, 0, 2)


def test_the_form_of_samples_is_known_without_reading_a_text(tmp_path, monkeypatch):
    dataset = fill(tmp_path, a=["x y"], b=["z"])
    monkeypatch.setattr("core.datasets.text_folder.read_text", None)
    spec = outline(dataset, Recipe((STEPS["tokens"](length=4, vocabulary=9),)))
    assert (spec.shape, spec.tokens, spec.classes, spec.samples) == ((4,), 9, ("a", "b"), 2)


def test_a_new_file_is_noticed_wherever_it_is(tmp_path):
    dataset = fill(tmp_path, train__a=["x"], train__b=["y"], test__a=["z"])
    assert dataset.count() == 3
    (tmp_path / "test" / "b").mkdir()
    (tmp_path / "test" / "b" / "1.txt").write_text("new")
    assert dataset.count() == 4


def test_a_window_does_not_wait_for_the_folder(tmp_path):
    dataset = fill(tmp_path, a=["x"], b=["y"])
    with deferred(), pytest.raises(ReadingError):
        dataset.columns()
    survey(dataset)
    with deferred():
        assert dataset.count() == 2


def test_looking_through_folders_can_be_stopped(tmp_path):
    task = Task()
    task.stop()
    with pytest.raises(CancelledError):
        survey(fill(tmp_path, a=["x"], b=["y"]), task)


def test_other_files_are_left_out(tmp_path):
    dataset = fill(tmp_path, a=["x"], b=["y"], notes=[])
    for name in ("a/picture.png", "a/.hidden.txt", "readme.txt", "notes/list.csv"):
        (tmp_path / name).write_text("z")
    assert [text for text, _ in read(dataset)] == ["x", "y"]


@pytest.mark.parametrize(("texts", "message"), [
    ({"a": ["x"]}, 'holds texts of one class only, "a"'),
    ({"a": []}, "holds no folders with texts (.txt, .text)"),
    ({".": ["x", "y"]}, "holds texts, but no folders that tell their class"),
    ({"train__a": ["x"], "test__a": ["y"]}, 'holds texts of one class only, "a"'),
])
def test_a_folder_without_two_classes_is_refused(tmp_path, texts, message):
    assert message in refused(fill(tmp_path, **texts))


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    assert refused(TextFolder(path=str(tmp_path / "gone"))) == f"The folder {tmp_path / 'gone'} was not found."
    (tmp_path / "file").write_text("x")
    assert "cannot be read" in refused(TextFolder(path=str(tmp_path / "file")))


@links
def test_links_that_lead_out_are_not_followed(tmp_path):
    outside, root = tmp_path / "outside", tmp_path / "texts"
    fill(outside, secret=["x"], other=["y"])
    root.mkdir()
    for name in ("secret", "other"):
        (root / name).symlink_to(outside / name, target_is_directory=True)
    assert "holds links only that lead out of it, and these are not followed" in refused(TextFolder(path=str(root)))
    dataset = fill(root, a=["x"], b=["y"])
    (root / "a" / "2.txt").symlink_to(outside / "secret" / "1.txt")
    (root / "a" / "3.txt").symlink_to(root / "a" / "3.txt")
    (root / "a" / "4.txt").symlink_to(root / "b" / "1.txt")
    assert read(dataset) == [("x", "a"), ("y", "a"), ("y", "b")]


def test_a_file_that_is_no_text_is_refused_by_name(tmp_path):
    dataset = fill(tmp_path, a=["x"], b=[b"\x89PNG\0\0\0"])
    assert refused(dataset, whole=True) == f"The file {tmp_path / 'b' / '1.txt'} is no text."


def test_sizes_are_bounded(tmp_path, monkeypatch):
    dataset = fill(tmp_path, a=["x" * 50], b=["y"])
    monkeypatch.setattr(folders, "LONGEST", 40)
    assert "1.txt has more than" in refused(dataset, whole=True)
    monkeypatch.setattr(folders, "LARGEST", 50)
    assert "The texts in" in refused(dataset)
    monkeypatch.setattr(folders, "FILES", 1)
    assert "holds 2 texts, and more than 1 are not taken" in refused(dataset)
    monkeypatch.setattr(folders, "CLASSES", 1)
    assert "holds more than 1 folders" in refused(dataset)


def test_a_file_that_vanishes_is_refused_by_name(tmp_path, monkeypatch):
    dataset = fill(tmp_path, a=["x"], b=["y"])
    texts = dataset._texts()
    (tmp_path / "b" / "1.txt").unlink()
    monkeypatch.setattr(dataset, "_texts", lambda: texts)
    assert f"The text {tmp_path / 'b' / '1.txt'} cannot be read" in refused(dataset, whole=True)


def test_a_dropped_folder_of_texts_is_taken(tmp_path):
    fill(tmp_path / "plain", a=["x"], b=["y"])
    fill(tmp_path / "parts", train__a=["x"], train__b=["y"], test__a=["x"])
    fill(tmp_path / "one", a=["x"])
    (tmp_path / "file.txt").write_text("x")
    for name in ("plain", "parts"):
        assert TextFolder.takes(tmp_path / name) == {"path": str(tmp_path / name)}
    assert [TextFolder.takes(tmp_path / name) for name in ("one", "file.txt", "gone")] == [None, None, None]
