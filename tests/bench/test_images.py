"""The bench of loading does the same work on both sides."""
from __future__ import annotations

import pytest

from tests.bench import images


@pytest.fixture
def mnist(tmp_path):
    images.write_mnist(tmp_path / "mnist", 30, 20)
    return tmp_path / "mnist"


@pytest.fixture
def pngs(tmp_path):
    images.write_pngs(tmp_path / "pngs", 20)
    return tmp_path / "pngs"


def test_both_sides_read_all_pictures(mnist, pngs):
    assert images._prepared("mnist", folder=str(mnist))() == images.by_numpy(mnist) == 50
    assert images._prepared("image_folder", path=str(pngs))() == images.by_pillow(pngs) == 20


def test_the_case_gives_two_rows_with_rates():
    rows = images.images(1, True)
    assert [row.unit for row in rows] == ["pictures/s"] * 2
    assert all(row.ours > 0 and row.theirs > 0 and row.ratio > 0 for row in rows)
