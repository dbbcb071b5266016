"""What somebody draws becomes a sample like those of the data."""
from __future__ import annotations

import numpy as np
import pytest

from core.datasets import DATASETS, DataSpec, picture_from_file, picture_shape, sketched
from core.errors import DataError


def ink(*places, size=280):
    pixels = np.zeros((size, size), np.float32)
    for place in places:
        pixels[place] = 1.0
    return pixels


BAR = (slice(40, 240), slice(10, 40))


def centre(picture):
    down, across = (np.arange(side) + 0.5 for side in picture.shape)
    return (picture.sum(1) @ down / picture.sum(), picture.sum(0) @ across / picture.sum())


def test_a_stroke_at_the_edge_stands_in_the_middle_of_an_mnist_picture_as_large_as_a_digit_there():
    picture = sketched(DATASETS["mnist"](), ink(BAR)).reshape(28, 28)
    rows = np.flatnonzero(picture.any(axis=1))
    assert rows[-1] - rows[0] + 1 == 20
    assert centre(picture) == pytest.approx((14.5, 14.5), abs=0.5)
    assert picture.max() == pytest.approx(1.0)


def test_pixels_are_scaled_as_those_of_the_data_are():
    picture = sketched(DATASETS["mnist"](scale="normal", flatten=False), ink(BAR))
    assert picture.shape == (28, 28, 1)
    assert picture.min() == pytest.approx((0 - 0.1307) / 0.3081, abs=1e-5)
    assert picture.max() == pytest.approx((1 - 0.1307) / 0.3081, abs=1e-5)


def test_small_digits_fill_their_picture():
    picture = sketched(DATASETS["digits"](), ink(BAR)).reshape(8, 8)
    assert picture.any(axis=1).all()


def test_clothes_stay_where_they_were_drawn():
    picture = sketched(DATASETS["fashion_mnist"](), ink((slice(0, 140), slice(0, 140)))).reshape(28, 28)
    assert picture[:14, :14].min() == 1.0
    assert picture.sum() == pytest.approx(14 * 14)


def test_an_empty_sheet_is_an_empty_picture():
    assert not sketched(DATASETS["mnist"](), ink()).any()


@pytest.mark.parametrize(("spec", "shape"), [
    (DataSpec((64,), picture=(8, 8)), (8, 8, 1)), (DataSpec((28, 28, 1)), (28, 28, 1)),
    (DataSpec((4, 5, 3)), (4, 5, 3)),
    (DataSpec((48,), picture=(4, 4)), (4, 4, 3)), (DataSpec((4,)), None), (DataSpec((5, 3)), None),
    (DataSpec((4, 5, 2)), None)])
def test_samples_are_pictures_if_they_have_rows_columns_and_one_or_three_channels(spec, shape):
    assert picture_shape(spec) == shape


def test_data_without_pictures_cannot_be_drawn():
    with pytest.raises(ValueError, match="no pictures"):
        sketched(DATASETS["iris"](), ink())


@pytest.mark.parametrize("dark", [False, True])
def test_a_picture_of_a_digit_becomes_the_same_sample_as_if_it_was_drawn_whatever_its_ink(tmp_path, dark):
    from PIL import Image

    drawn = ink(BAR)
    grey = (255 * (1 - drawn if dark else drawn)).astype(np.uint8)
    Image.fromarray(grey).save(tmp_path / "digit.png")
    mnist = DATASETS["mnist"]()
    np.testing.assert_allclose(picture_from_file(mnist, tmp_path / "digit.png"), sketched(mnist, drawn), atol=0.01)


def test_a_photograph_is_cut_to_the_size_of_the_pictures(tmp_path):
    from PIL import Image

    Image.new("RGB", (100, 50), (255, 255, 255)).save(tmp_path / "white.png")
    sample = picture_from_file(DATASETS["fashion_mnist"](), tmp_path / "white.png")
    assert sample.shape == (784,)
    assert sample.min() == pytest.approx(1.0)


def test_a_file_that_is_no_picture_is_named(tmp_path):
    (tmp_path / "notes.png").write_text("hello")
    with pytest.raises(DataError, match=r"notes\.png"):
        picture_from_file(DATASETS["mnist"](), tmp_path / "notes.png")
