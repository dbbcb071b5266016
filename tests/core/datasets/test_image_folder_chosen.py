"""Folders of pictures as they are found: what they are taken for, and to which size their pictures are brought."""
from __future__ import annotations

import pytest
from PIL import Image

from core.datasets import DATASETS, forget, prepare, source_for
from tests.core.datasets._picture_files import noise, save, write_pictures

Folder = DATASETS["image_folder"]


@pytest.fixture(autouse=True)
def nothing_known():
    forget()


@pytest.fixture
def root(tmp_path):
    """Three classes of four pictures of 8 × 6 pixels."""
    return write_pictures(tmp_path / "root")


def test_a_folder_of_pictures_is_recognised_at_either_level(root, tmp_path):
    assert source_for(root).kind == "image_folder"
    assert source_for(root).params["path"] == str(root)
    write_pictures(tmp_path / "set" / "train")
    write_pictures(tmp_path / "set" / "test")
    assert Folder.takes(tmp_path / "set") == {"path": str(tmp_path / "set")}
    assert Folder.takes(root / "red") is None
    assert Folder.takes(root / "red" / "0.png") is None


def test_pictures_of_several_sizes_are_brought_to_a_small_one_when_their_folder_is_chosen(tmp_path):
    for number, (height, width) in enumerate([(30, 40), (300, 400), (60, 80)]):
        for name in ("cats", "dogs"):
            save(tmp_path / name / f"{number}.png", noise(number, height, width))
    chosen = source_for(tmp_path)
    assert (chosen.params["width"], chosen.params["height"]) == (64, 48)
    assert prepare(Folder(**chosen.params)).train.x.shape == (6, 48, 64, 3)


def test_large_pictures_of_one_size_are_brought_to_a_small_one_and_small_ones_are_left(tmp_path):
    write_pictures(tmp_path / "small")
    assert (source_for(tmp_path / "small").params["width"], source_for(tmp_path / "small").params["height"]) == (0, 0)
    for name in ("cats", "dogs"):
        save(tmp_path / "large" / name / "0.png", noise(0, 200, 100))
    chosen = source_for(tmp_path / "large").params
    assert (chosen["width"], chosen["height"]) == (32, 64)


def test_a_picture_on_its_side_counts_upright_and_a_damaged_one_not_at_all(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    for name in ("cats", "dogs"):
        save(tmp_path / name / "0.jpg", noise(0, 200, 400), exif=exif)
        (tmp_path / name / "1.jpg").write_bytes(b"no picture")
    chosen = source_for(tmp_path).params
    assert (chosen["width"], chosen["height"]) == (32, 64)
