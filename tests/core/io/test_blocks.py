"""Blocks in files: kept, read safely, renamed, removed."""
import pytest

from core.errors import FormatError
from core.graph import blocks as parts
from core.io import blocks
from tests.core._build import xor

CONTENT = parts.block_of(xor(), ["dense", "sigmoid"])


def test_a_block_comes_back_with_its_name(tmp_path):
    folder = tmp_path / "made" / "on demand"
    kept = blocks.write(folder, "  Größte Schicht / 1 ", CONTENT)
    (back,), bad = blocks.read_all(folder)
    assert (back.name, back.content.nodes, back.content.edges) == ("Größte Schicht / 1", CONTENT.nodes, CONTENT.edges)
    assert back.path == kept.path
    assert back.path.parent == folder
    assert not bad


def test_blocks_of_one_name_have_files_of_their_own(tmp_path):
    paths = {blocks.write(tmp_path, "Same", CONTENT).path for _ in range(3)}
    assert {path.name for path in paths} == {"same.json", "same-2.json", "same-3.json"}


def test_a_name_of_signs_alone_has_a_file_too(tmp_path):
    assert blocks.write(tmp_path, "///", CONTENT).path.name == "block.json"


def test_bad_files_are_named_and_the_others_read(tmp_path):
    blocks.write(tmp_path, "Good", CONTENT)
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "empty.json").write_text('{"format": "layerloom", "version": 1, "nodes": {}}')
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "other.txt").write_text("not looked at")
    found, bad = blocks.read_all(tmp_path)
    assert [block.name for block in found] == ["Good"]
    assert [path.name for path in bad] == ["binary.json", "broken.json", "empty.json", "folder.json"]


def test_a_folder_that_is_not_there_is_empty(tmp_path):
    assert blocks.read_all(tmp_path / "nowhere") == ([], [])


def test_a_file_without_a_name_is_called_after_its_file(tmp_path):
    path = blocks.write(tmp_path, "x", CONTENT).path
    path.write_text(path.read_text().replace('"name": "x"', '"name": 7'))
    assert blocks.read(path).name == "x"
    path.rename(tmp_path / "residual.json")
    assert blocks.read(tmp_path / "residual.json").name == "residual"


def test_a_block_is_renamed_removed_and_restored(tmp_path):
    block = blocks.write(tmp_path, "Old", CONTENT)
    renamed = blocks.rename(block, "New")
    assert [b.name for b in blocks.read_all(tmp_path)[0]] == ["New"]
    blocks.remove(renamed)
    blocks.remove(renamed)
    assert blocks.read_all(tmp_path) == ([], [])
    blocks.restore(renamed)
    assert [b.name for b in blocks.read_all(tmp_path)[0]] == ["New"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FormatError) as caught:
        blocks.write(tmp_path / "file" / "below", "x", CONTENT)
    assert caught.value.problem.code == "file.write"
