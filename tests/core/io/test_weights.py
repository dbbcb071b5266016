import io
import json
import os
import pickle
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from core.engine.network import Network
from core.errors import FormatError
from core.graph.check import check
from core.io import weights
from core.io.exporters import EXPORTERS
from tests.core._build import xor

ARRAYS = {"hidden.W": np.arange(8, dtype=np.float32).reshape(2, 4), "hidden.b": np.ones(4, np.float32)}


class Bomb:
    """What an attacker would put into a pickle."""

    def __reduce__(self):
        return (pytest.fail, ("it was unpickled",))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "weights.bin"


def npy(array, **options):
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.asanyarray(array), **options)
    return buffer.getvalue()


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def header(table):
    text = json.dumps(table).encode()
    return struct.pack("<Q", len(text)) + text


def refusal(file):
    with pytest.raises(FormatError) as caught:
        weights.read(file)
    assert caught.value.problem.message.startswith(file.name)
    assert caught.value.problem.hint
    return caught.value.problem.message


@pytest.mark.parametrize("kind", EXPORTERS)
def test_what_an_exporter_wrote_is_read_back(file, kind):
    EXPORTERS[kind].write(file, ARRAYS, xor())
    back = weights.read(file)
    assert back.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert back[name].dtype == array.dtype
        assert np.array_equal(back[name], array)
        assert back[name].flags.writeable


@pytest.mark.parametrize("kind", EXPORTERS)
def test_a_file_that_was_cut_off_anywhere_is_refused(file, kind):
    EXPORTERS[kind].write(file, ARRAYS, xor())
    whole = file.read_bytes()
    for length in [*range(40), *range(40, len(whole), 61), len(whole) - 1]:
        file.write_bytes(whole[:length])
        assert "does not hold weights" in refusal(file)


@pytest.mark.parametrize("kind", EXPORTERS)
def test_a_damaged_file_is_refused_or_read_but_never_breaks(file, kind):
    EXPORTERS[kind].write(file, ARRAYS, xor())
    whole = bytearray(file.read_bytes())
    rng = np.random.default_rng(0)
    for _ in range(300):
        damaged = bytearray(whole)
        for place in rng.integers(len(whole), size=3):
            damaged[place] = rng.integers(256)
        file.write_bytes(damaged)
        try:
            found = weights.read(file)
        except FormatError:
            continue
        assert all(isinstance(array, np.ndarray) for array in found.values())


@pytest.mark.parametrize(("content", "words"), [
    (b"", "neither npz nor safetensors"),
    (b"hello world", "neither npz nor safetensors"),
    (bytes(100), "neither npz nor safetensors"),
    (b"\x89PNG\r\n\x1a\n" + bytes(50), "neither npz nor safetensors"),
    (pickle.dumps({"a": 1}), "neither npz nor safetensors"),
    (b"PK\x03\x04 no archive", "damaged or cut off"),
    (struct.pack("<Q", 2**62) + b"{}", "cut off"),
    (struct.pack("<Q", 2) + b"{]", "damaged or cut off"),
    (header({"w": {"dtype": "F32", "shape": [10**9, 10**9], "data_offsets": [0, 4]}}) + bytes(4), "damaged"),
    (zipped({"readme.txt": b"hello"}), "'readme.txt', which is no array"),
    (zipped({"w.npy": b"not an array at all"}), "'w.npy' in it is no array"),
    (zipped({"w.npy": npy(np.zeros((100, 100)))[:500]}), "'w.npy' in it is cut off"),
    (zipped({"w.npy": npy(np.array(["text"]))}), "instead of numbers"),
    (zipped({"w.npy": npy(np.array([1j]))}), "instead of numbers"),
])
def test_a_file_that_holds_no_weights_is_refused_with_the_reason(file, content, words):
    file.write_bytes(content)
    assert words in refusal(file)


@pytest.mark.parametrize("content", [
    zipped({"w.npy": npy(np.array([Bomb()], dtype=object), allow_pickle=True)}),
    zipped({"w.pkl": b"anything"}),
])
def test_nothing_is_ever_unpickled(file, content):
    file.write_bytes(content)
    assert "w" in refusal(file)


def test_a_header_that_promises_more_than_there_is_allocates_nothing(file):
    small = npy(np.zeros(3, np.float32))
    file.write_bytes(zipped({"w.npy": small.replace(b"(3,), }", b"(3000000000000,), }").replace(b" " * 12, b"", 1)}))
    assert "w.npy" in refusal(file)


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(file, monkeypatch):
    monkeypatch.setattr(weights, "LARGEST", 100_000)
    file.write_bytes(zipped({"w.npy": npy(np.zeros(200_000, np.float32))}))
    assert file.stat().st_size < weights.LARGEST
    assert "unpacks to more" in refusal(file)


def test_a_file_that_is_too_large_is_refused_unread(file, monkeypatch):
    monkeypatch.setattr(weights, "LARGEST", 10)
    file.write_bytes(bytes(11))
    assert "too large" in refusal(file)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs /dev/zero")
def test_a_device_that_never_ends_is_not_read():
    assert "device" in refusal(Path("/dev/zero"))


def test_a_folder_or_a_missing_file_is_said(tmp_path):
    assert "cannot be read" in refusal(tmp_path)
    assert "cannot be read" in refusal(tmp_path / "missing.npz")


def test_numbers_of_a_kind_that_numpy_lacks_are_said(file):
    file.write_bytes(header({"w": {"dtype": "BF16", "shape": [2], "data_offsets": [0, 4]}}) + bytes(4))
    assert "does not hold weights" in refusal(file)


def test_column_order_is_read_as_it_is_meant(file):
    array = np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3))
    file.write_bytes(zipped({"w.npy": npy(array)}))
    assert np.array_equal(weights.read(file)["w"], array)


@pytest.fixture
def network():
    document = xor()
    return Network(document, check(document), seed=1)


def test_weights_that_fit_are_taken_over(network):
    new = {name: np.full_like(array, 0.5) for name, array in network.weights.copies().items()}
    weights.fit(network, new)
    assert (network.weights.flat == 0.5).all()


@pytest.mark.parametrize(("change", "words"), [
    ({"dense.W": np.zeros((2, 9))}, "dense.W is (2, 9) instead of (2, 4)"),
    ({"dense.b": None}, "dense.b is missing"),
    ({"other.W": np.zeros(3)}, "other.W has no place in it"),
])
def test_weights_that_do_not_fit_are_named_and_nothing_changes(network, change, words):
    before = network.weights.flat.copy()
    new = {name: array + 1 for name, array in network.weights.copies().items()} | change
    with pytest.raises(FormatError) as caught:
        weights.fit(network, {name: array for name, array in new.items() if array is not None})
    assert words in caught.value.problem.message
    assert np.array_equal(network.weights.flat, before)


def test_a_long_list_of_misfits_is_shortened(network):
    with pytest.raises(FormatError, match="missing and 2 more"):
        weights.fit(network, {"other.W": np.zeros(1)})


def test_a_foreign_safetensors_file_is_read_as_arrays(file):
    file.write_bytes(save({"fc.weight": np.eye(2, dtype=np.float64)}))
    assert np.array_equal(weights.read(file)["fc.weight"], np.eye(2))
