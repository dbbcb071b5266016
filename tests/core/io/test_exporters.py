import json
import re

import numpy as np
import pytest
from safetensors import safe_open

from core.errors import FormatError
from core.io import documents
from core.io.exporters import EXPORTERS, Exporter
from core.io.migrations import VERSION
from tests.core._build import xor

ARRAYS = {"b.W": np.arange(6, dtype=np.float32).reshape(2, 3), "a.b": np.zeros(3, np.float32)}
each = pytest.mark.parametrize("exporter", EXPORTERS.values(), ids=list(EXPORTERS))


def test_npz_and_safetensors_are_offered():
    assert list(EXPORTERS) == ["npz", "safetensors"]


@each
def test_the_declaration_is_complete(exporter: Exporter):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", exporter.id)
    assert exporter.title
    assert re.fullmatch(r"\.[a-z]+", exporter.suffix)


@each
def test_the_same_weights_give_the_same_bytes(exporter: Exporter):
    first = exporter.encode(ARRAYS, xor())
    assert all(exporter.encode(ARRAYS, xor()) == first for _ in range(5))


@each
def test_a_network_without_weights_gives_a_file_without_arrays(exporter: Exporter, tmp_path):
    exporter.write(tmp_path / "none", {}, xor())
    assert (tmp_path / "none").stat().st_size > 0


@each
def test_a_file_that_cannot_be_written_is_said(exporter: Exporter, tmp_path):
    with pytest.raises(FormatError, match="the folder does not exist"):
        exporter.write(tmp_path / "missing" / "w", ARRAYS, xor())


def test_numpy_reads_npz_without_unpickling(tmp_path):
    EXPORTERS["npz"].write(tmp_path / "w.npz", ARRAYS, xor())
    with np.load(tmp_path / "w.npz", allow_pickle=False) as archive:
        assert set(archive.files) == set(ARRAYS)
        assert all(np.array_equal(archive[name], array) for name, array in ARRAYS.items())


def test_safetensors_reads_its_file_and_finds_the_network_in_it(tmp_path):
    document = xor()
    EXPORTERS["safetensors"].write(tmp_path / "w.safetensors", ARRAYS, document)
    with safe_open(tmp_path / "w.safetensors", "numpy") as file:
        assert set(file.keys()) == set(ARRAYS)
        assert all(np.array_equal(file.get_tensor(name), array) for name, array in ARRAYS.items())
        metadata = file.metadata()
    assert (metadata["format"], metadata["version"]) == ("layerloom", str(VERSION))
    assert documents.loads(metadata["network"]) == document
    assert json.loads(metadata["network"])["format"] == "layerloom"


def test_safetensors_keeps_the_order_of_arrays_that_are_not_contiguous(tmp_path):
    turned = np.arange(6, dtype=np.float32).reshape(2, 3).T
    EXPORTERS["safetensors"].write(tmp_path / "w", {"w": turned, "every": turned[::2]}, xor())
    with safe_open(tmp_path / "w", "numpy") as file:
        assert np.array_equal(file.get_tensor("w"), turned)
        assert np.array_equal(file.get_tensor("every"), turned[::2])


def test_the_header_of_safetensors_is_padded_so_that_numbers_are_aligned(tmp_path):
    raw = EXPORTERS["safetensors"].encode(ARRAYS, xor())
    assert int.from_bytes(raw[:8], "little") % 8 == 0
