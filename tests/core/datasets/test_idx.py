"""Reading IDX files, whole and broken."""
from __future__ import annotations

import gzip
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.datasets._idx import read_idx, read_lengths
from core.errors import DataError
from tests.core.datasets._idx_files import idx

PICTURES = np.arange(5 * 3 * 2, dtype=np.uint8).reshape(5, 3, 2)
WHOLE = idx(PICTURES)
ZIPPED = gzip.compress(WHOLE, mtime=0)


@pytest.fixture
def file(tmp_path):
    def write(content, name="pictures"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def refused(path, shape=(3, 2), count=0):
    with pytest.raises(DataError) as caught:
        read_idx(path, shape, count)
    problem = caught.value.problem
    assert str(path) in problem.message
    assert problem.message.endswith(".")
    assert problem.hint == "Replace it by the original one."
    return problem.message


@pytest.mark.parametrize("content", [WHOLE, ZIPPED], ids=["plain", "gzip"])
def test_the_items_are_those_that_were_written(file, content):
    items = read_idx(file(content), (3, 2))
    assert items.dtype == np.uint8
    np.testing.assert_array_equal(items, PICTURES)


def test_a_list_of_labels_is_read(file):
    assert read_idx(file(idx([3, 1, 2])), ()).tolist() == [3, 1, 2]


def test_whether_a_file_is_compressed_is_told_by_its_content_not_its_name(file):
    np.testing.assert_array_equal(read_idx(file(WHOLE, "pictures.gz"), (3, 2)), PICTURES)


@pytest.mark.parametrize("content", [WHOLE, ZIPPED], ids=["plain", "gzip"])
@pytest.mark.parametrize("count", [1, 4, 5, 99])
def test_the_first_ones_are_read_if_only_some_are_wanted(file, content, count):
    np.testing.assert_array_equal(read_idx(file(content), (3, 2), count), PICTURES[:count])


def test_a_file_of_no_items_gives_none(file):
    assert read_idx(file(idx(np.zeros((0, 3, 2)))), (3, 2)).shape == (0, 3, 2)


@pytest.mark.parametrize(("content", "words"), [
    (b"", "is no IDX file of unsigned bytes"),
    (b"\x89PNG\r\n\x1a\n" + bytes(40), "is no IDX file of unsigned bytes"),
    (b"<html>404 Not found</html>", "is no IDX file of unsigned bytes"),
    (idx(PICTURES, kind=13), "is no IDX file of unsigned bytes"),
    (WHOLE[:11], "does not hold pictures of 3 × 2 pixels"),
    (idx(PICTURES.reshape(5, 2, 3)), "does not hold pictures of 3 × 2 pixels"),
    (idx(PICTURES.reshape(5, 6)), "does not hold pictures of 3 × 2 pixels"),
    (idx(PICTURES, lengths=(5, 3, 2, 1)), "does not hold pictures of 3 × 2 pixels"),
    (idx(7, lengths=()), "does not hold pictures of 3 × 2 pixels"),
    (WHOLE[:-1], "ends too early: its header promises 5 items"),
    (gzip.compress(WHOLE[:-1], mtime=0), "ends too early: its header promises 5 items"),
    (WHOLE + b"\0", "holds more than the 5 items that its header promises"),
    (gzip.compress(WHOLE + b"\0", mtime=0), "holds more than the 5 items that its header promises"),
    (ZIPPED + ZIPPED, "holds more than the 5 items that its header promises"),
    (ZIPPED[:-9], "is damaged: it cannot be decompressed"),
    (ZIPPED[:12], "is damaged: it cannot be decompressed"),
    (ZIPPED[:-6] + bytes(6), "is damaged: it cannot be decompressed"),
    (ZIPPED[:10] + b"\xff" * 8 + ZIPPED[18:], "is damaged: it cannot be decompressed"),
    (b"\x1f\x8b", "is damaged: it cannot be decompressed"),
], ids=lambda value: len(value) if isinstance(value, bytes) else value)
def test_a_broken_file_is_refused_in_one_sentence_that_names_it(file, content, words):
    assert refused(file(content)).endswith(f"{words}.")


def test_pictures_where_labels_belong_are_refused(file):
    assert "does not hold a list of numbers" in refused(file(WHOLE), shape=())


def test_a_header_that_promises_too_much_is_refused_before_memory_is_taken(file):
    path = file(gzip.compress(idx([], lengths=(2**32 - 1, 2**15, 2**15))))
    tracemalloc.start()
    message = refused(path, shape=(2**15, 2**15))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "is too large: its header promises 4,294,967,295 items" in message
    assert peak < 1e6


def test_a_file_that_inflates_to_far_more_than_it_promises_is_not_inflated(file):
    path = file(gzip.compress(WHOLE + bytes(50_000_000), 1))
    tracemalloc.start()
    message = refused(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "holds more than the 5 items" in message
    assert peak < 1e6


def test_a_folder_in_place_of_the_file_is_refused(tmp_path):
    assert "cannot be read" in refused(tmp_path)


@given(place=st.integers(0, len(ZIPPED) - 1), value=st.integers(0, 255), end=st.integers(0, len(ZIPPED)),
       zipped=st.booleans())
def test_whatever_is_changed_in_a_file_it_is_read_or_refused(tmp_path_factory, place, value, end, zipped):
    content = bytearray(ZIPPED if zipped else WHOLE)
    content[min(place, len(content) - 1)] = value
    path = tmp_path_factory.getbasetemp() / "changed"
    path.write_bytes(content[:end])
    try:
        shape = read_idx(path, (3, 2)).shape
    except DataError:
        return
    assert shape[1:] == (3, 2)


@given(place=st.integers(0, len(ZIPPED) - 1), value=st.integers(0, 255), end=st.integers(0, len(ZIPPED)),
       zipped=st.booleans())
def test_whatever_is_changed_in_a_header_it_is_read_or_refused(tmp_path_factory, place, value, end, zipped):
    content = bytearray(ZIPPED if zipped else WHOLE)
    content[min(place, 15 if not zipped else place, len(content) - 1)] = value
    path = tmp_path_factory.getbasetemp() / "header"
    path.write_bytes(content[:end])
    lengths, problem = (1,), None
    try:
        lengths = read_lengths(path)
    except DataError as error:
        problem = error.problem
    assert lengths
    assert 0 not in lengths[1:]
    assert problem is None or str(path) in problem.message
