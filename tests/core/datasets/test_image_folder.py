"""Folders of pictures: what is found in them, and what is made of each picture."""
from __future__ import annotations

import os
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.datasets import (
    DATASETS,
    CancelledError,
    ReadingError,
    Task,
    deferred,
    describe,
    forget,
    outdated,
    prepare,
    survey,
    working,
)
from core.datasets._pictures import Wanted, read_picture
from core.errors import DataError
from tests.core.datasets._picture_files import CLASSES, noise, save, write_pictures

Folder = DATASETS["image_folder"]
links = pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own")


@pytest.fixture(autouse=True)
def nothing_known():
    forget()


@pytest.fixture
def root(tmp_path):
    """Three classes of four pictures of 8 × 6 pixels."""
    return write_pictures(tmp_path / "root")


def of(root, **params):
    return Folder(path=str(root), **params)


def refused(words, root, act=lambda dataset: dataset.spec(), **params):
    with pytest.raises(DataError) as caught:
        act(of(root, **params))
    problem = caught.value.problem
    assert words in problem.message
    assert problem.message.endswith(".")
    assert problem.hint.endswith(".")
    return problem


def load(dataset):
    return dataset.load(0)


def test_every_folder_is_a_class_and_its_pictures_are_the_samples(root):
    dataset = of(root)
    spec, samples = dataset.spec(), dataset.load(0)
    assert (spec.shape, spec.classes, spec.samples, spec.held_out) == ((6, 8, 3), CLASSES, 12, 0)
    assert samples.y.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    np.testing.assert_allclose(samples.x[5] * 255, noise(101), atol=1e-4)
    assert dataset.held_out(0) is None
    assert describe(prepare(dataset)) == "root: 12 samples, shape 6 × 8 × 3, 3 classes; 12 train"


def test_a_folder_for_testing_is_the_test_part_and_one_for_validation_joins_the_training(tmp_path):
    for first, part in enumerate(("Train", "validation", "test")):
        write_pictures(tmp_path / part, first=1000 * first, each=first + 2)
    dataset = of(tmp_path)
    spec, parts = dataset.spec(), prepare(dataset)
    assert (spec.classes, spec.samples, spec.held_out) == (CLASSES, 15, 12)
    assert (len(parts.train), len(parts.test)) == (15, 12)
    np.testing.assert_allclose(parts.train.x[2] * 255, noise(1000), atol=1e-4)
    np.testing.assert_allclose(parts.test.x[0] * 255, noise(2000), atol=1e-4)


def test_folders_that_are_only_called_so_are_classes(tmp_path):
    write_pictures(tmp_path, ("train", "bus"))
    assert of(tmp_path).spec().classes == ("bus", "train")


def test_classes_and_pictures_come_in_natural_order(tmp_path):
    write_pictures(tmp_path, ("10", "9", "a2", "A10"), each=11)
    assert of(tmp_path).spec().classes == ("9", "10", "a2", "A10")
    np.testing.assert_allclose(of(tmp_path).load(0).x[10] * 255, noise(110), atol=1e-4)


@pytest.mark.parametrize("ending", ["png", "jpg", "jpeg", "bmp", "gif", "webp", "tif", "tiff", "PNG"])
def test_all_common_formats_are_read(tmp_path, ending):
    plain = np.full((6, 8, 3), 200, np.uint8)
    for name in CLASSES[:2]:
        save(tmp_path / name / f"a.{ending}", plain)
    np.testing.assert_allclose(of(tmp_path).load(0).x * 255, 200, atol=2)


def test_grey_pictures_have_one_channel_and_flat_ones_are_still_known_as_pictures(root):
    assert of(root, grey=True).spec().shape == (6, 8, 1)
    flat = of(root, grey=True, flatten=True)
    assert (flat.spec().shape, flat.spec().picture) == ((48,), (6, 8))
    weights = np.array([0.299, 0.587, 0.114])
    np.testing.assert_allclose(flat.load(0).x[0].reshape(6, 8) * 255, noise(0) @ weights, atol=1.01)
    assert of(root, flatten=True).spec().picture is None


def test_a_grey_file_among_coloured_ones_gets_their_channels(root):
    grey = save(root / "blue" / "0.png", noise(5, channels=1))
    x = of(root).load(0).x[0]
    assert grey.exists()
    np.testing.assert_array_equal(x[..., 0], x[..., 2])


PIXELS = {
    "transparent": (Image.new("RGBA", (4, 4), (255, 0, 0, 0)), (255, 255, 255)),
    "half transparent": (Image.new("RGBA", (4, 4), (0, 0, 0, 128)), (127, 127, 127)),
    "grey with alpha": (Image.new("LA", (4, 4), (0, 0)), (255, 255, 255)),
    "black and white": (Image.new("1", (4, 4), 1), (255, 255, 255)),
    "palette": (Image.new("RGB", (4, 4), (10, 20, 30)).quantize(4), (10, 20, 30)),
    "16 bits": (Image.fromarray(np.full((4, 4), 32768, np.uint16)), (127.5, 127.5, 127.5)),
}


@pytest.mark.parametrize(("picture", "wanted"), PIXELS.values(), ids=PIXELS)
@pytest.mark.parametrize("params", [{}, {"width": 2, "height": 3}], ids=["as it is", "resized"])
def test_every_kind_of_pixels_becomes_what_the_eye_sees(tmp_path, picture, wanted, params):
    for name in CLASSES[:2]:
        (tmp_path / name).mkdir()
        picture.save(tmp_path / name / "a.png")
    samples = of(tmp_path, **params).load(0)
    np.testing.assert_allclose(samples.x.reshape(-1, 3) * 255, np.tile(wanted, (samples.x.size // 3, 1)), atol=1.01)
    assert of(tmp_path, grey=True, **params).load(0).x.shape[-1] == 1


@pytest.mark.parametrize(("mode", "ending", "white"), [("CMYK", "jpg", (0, 0, 0, 0)), ("CMYK", "tif", (0, 0, 0, 0)),
                                                       ("F", "tif", 1.0), ("I;16", "tif", 65535)])
def test_printers_colours_and_exact_numbers_are_read(tmp_path, mode, ending, white):
    for name in CLASSES[:2]:
        (tmp_path / name).mkdir()
        Image.new(mode, (4, 4), white).save(tmp_path / name / f"a.{ending}")
    np.testing.assert_allclose(of(tmp_path).load(0).x, 1.0, atol=0.01)


@pytest.mark.parametrize("value", [-0.5, 3.0, float("nan")])
def test_numbers_that_are_no_shades_are_refused(tmp_path, value):
    for name in CLASSES[:2]:
        (tmp_path / name).mkdir()
        Image.fromarray(np.full((4, 4), value, np.float32)).save(tmp_path / name / "a.tif")
    refused("holds numbers that are not from 0 to 1", tmp_path)


def test_a_photograph_taken_sideways_is_set_upright(tmp_path):
    sideways = np.zeros((4, 6, 3), np.uint8)
    sideways[:, :3] = 255
    for name in CLASSES[:2]:
        exif = Image.Exif()
        exif[0x0112] = 6
        save(tmp_path / name / "a.png", sideways, exif=exif)
    samples = of(tmp_path).load(0)
    assert samples.x.shape == (2, 6, 4, 3)
    assert (samples.x[0, :3].min(), samples.x[0, 3:].max()) == (1.0, 0.0)


def test_only_the_first_picture_of_a_film_counts(tmp_path):
    black, white = Image.new("L", (4, 4), 0), Image.new("L", (4, 4), 255)
    for name in CLASSES[:2]:
        (tmp_path / name).mkdir()
        white.save(tmp_path / name / "a.gif", save_all=True, append_images=[black])
    assert of(tmp_path).load(0).x.min() == 1.0


@pytest.fixture
def bars(tmp_path):
    """Pictures of 12 × 4 pixels: black, white in the middle third, black."""
    wide = np.zeros((4, 12, 1), np.uint8)
    wide[:, 4:8] = 255
    for name in CLASSES[:2]:
        save(tmp_path / name / "a.png", wide)
    return tmp_path


@pytest.mark.parametrize(("fit", "row", "columns"), [
    ("crop", [1, 1, 1, 1], slice(None)), ("stretch", [0, 1, 1, 0], slice(None)), ("pad", [0, 0, 0, 0], slice(0, 1))])
def test_a_picture_of_another_form_is_cut_stretched_or_put_into_a_black_border(bars, fit, row, columns):
    x = of(bars, width=4, height=4, grey=True, fit=fit).load(0).x[0, :, :, 0]
    line = x[0] if fit != "stretch" else np.round(x[0] + 0.2)
    np.testing.assert_allclose(line, row, atol=0.01)
    if fit == "pad":
        assert x[1:3].max() > 0.5
        assert x[3].max() == 0.0


@pytest.mark.parametrize(("params", "shape"), [
    ({"width": 4}, (3, 4, 1)), ({"height": 3}, (3, 4, 1)), ({"width": 16, "height": 2}, (2, 16, 1)),
    ({"width": 1}, (1, 1, 1))])
def test_one_side_alone_lets_the_other_follow(root, params, shape):
    dataset = of(root, grey=True, **params)
    assert dataset.spec().shape == shape
    assert dataset.load(0).x.shape == (12, *shape)


def test_a_large_photograph_is_made_small_and_keeps_its_colours(tmp_path):
    y, x = np.mgrid[0:600, 0:900]
    big = np.stack([x / 899, y / 599, 0 * x + 0.5], axis=2)
    for name in CLASSES[:2]:
        save(tmp_path / name / "a.jpg", (big * 255).astype(np.uint8), quality=95)
    small = of(tmp_path, width=9, height=6).load(0).x[0]
    np.testing.assert_allclose(small[:, :, 0], np.tile((np.arange(9) + 0.5) / 9, (6, 1)), atol=0.03)
    np.testing.assert_allclose(small[:, :, 1], np.tile(((np.arange(6) + 0.5) / 6)[:, None], (1, 9)), atol=0.03)


def test_different_sizes_are_refused_with_a_way_out_and_taken_once_a_size_is_set(root):
    odd = save(root / "green" / "2.png", noise(9, 5, 5))
    problem = refused(f"The picture {odd} has 5 × 5 pixels, but {os.path.join('blue', '0.png')} 8 × 6.", root, load)
    assert "Set Width and Height" in problem.hint
    assert of(root, width=8, height=6).load(0).x.shape == (12, 6, 8, 3)


def test_so_many_pictures_are_taken_as_evenly_as_the_classes_allow(tmp_path):
    write_pictures(tmp_path, ("few",), each=2)
    write_pictures(tmp_path, ("many", "more"), each=9)
    dataset = of(tmp_path, samples=10)
    assert dataset.spec().samples == 10
    assert np.bincount(dataset.load(0).y).tolist() == [2, 4, 4]
    assert len(of(tmp_path, samples=1000).load(0)) == 20


def broken(root):
    path = root / "green" / "1.png"
    path.write_bytes(path.read_bytes()[:40])
    return path


def test_a_broken_picture_is_named_and_may_be_left_out(root):
    path = broken(root)
    problem = refused(f"The picture {path} ", root, load)
    assert "switch on Skip broken" in problem.hint
    samples = of(root, skip_broken=True).load(0)
    assert np.bincount(samples.y).tolist() == [4, 3, 4]


def test_if_the_first_picture_is_broken_the_next_tells_the_size(root):
    (root / "blue" / "0.png").write_bytes(b"no picture")
    refused("is no picture in a format that can be read, or is damaged", root)
    assert of(root, skip_broken=True).spec().shape == (6, 8, 3)


def test_if_all_are_broken_one_sentence_says_so(root):
    for path in root.rglob("*.png"):
        path.write_bytes(b"no picture")
    refused("None of the pictures", root, skip_broken=True)
    refused("None of the pictures", root, load, skip_broken=True, width=4, height=4)


def test_a_picture_that_would_fill_the_memory_is_not_unpacked(root, monkeypatch):
    for limit in (30, 10):
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit)
        refused("has too many pixels", root, load, width=4, height=4)


def test_what_is_no_picture_but_is_called_one_is_refused(root):
    path = root / "green" / "1.png"
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 8 6\n")
    refused(f"The picture {path} is no picture", root, load)


def test_a_picture_that_vanishes_while_others_are_read_is_named(root):
    dataset, gone = of(root), root / "red" / "3.png"
    dataset.spec()
    with pytest.raises(DataError) as caught, working(Task(lambda text, share: gone.unlink(missing_ok=True))):
        dataset.load(0)
    assert caught.value.problem.message == f"The picture {gone} is no longer there."


def test_reading_tells_how_far_it_is_and_can_be_stopped(root):
    told = []
    with working(Task(lambda text, share: told.append((text, share)))):
        of(root).load(0)
    assert ("Reading pictures", 0.0) in told
    task = Task(lambda text, share: task.stop() if share is not None else None)
    write_pictures(root, each=20)
    with pytest.raises(CancelledError), working(task):
        of(root).load(0)


def test_in_the_window_folders_are_looked_through_aside_and_again_when_they_change(root):
    dataset = of(root)
    with deferred(), pytest.raises(ReadingError):
        dataset.spec()
    survey(dataset)
    with deferred():
        assert dataset.spec().samples == 12
    assert not outdated(dataset)
    save(root / "red" / "new.png", noise(77))
    with deferred():
        assert dataset.spec().samples == 12
    assert outdated(dataset)
    with deferred(anew=True), pytest.raises(ReadingError):
        dataset.spec()
    write_pictures(root, ("white",))
    assert dataset.spec().classes == (*CLASSES, "white")
    assert dataset.spec().samples == 17


def test_a_flat_folder_of_pictures_is_refused(root):
    refused("holds pictures, but no folders that tell their class", root / "red")


def test_a_single_class_is_refused(tmp_path):
    write_pictures(tmp_path, ("cats",))
    refused('holds pictures of one class only, "cats"', tmp_path)


def test_a_folder_without_pictures_is_refused(tmp_path):
    refused("holds no folders with pictures", tmp_path)
    refused("was not found", tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    refused("cannot be read", tmp_path / "file")


def test_a_class_of_other_files_is_not_left_out_silently(root):
    (root / "heic").mkdir()
    (root / "heic" / "photo.heic").write_bytes(b"heic")
    assert "PNG, JPEG, BMP" in refused("holds no pictures that can be read", root).hint


def test_empty_and_hidden_folders_and_files_do_not_count(root):
    (root / "empty").mkdir()
    (root / ".git").mkdir()
    (root / ".git" / "a.png").write_bytes(b"")
    (root / "red" / ".DS_Store").write_bytes(b"")
    (root / "red" / "Thumbs.db").write_bytes(b"")
    assert of(root).spec().samples == 12
    assert of(root).spec().classes == CLASSES


def test_a_class_that_only_the_test_part_knows_is_refused(tmp_path):
    write_pictures(tmp_path / "train")
    write_pictures(tmp_path / "test", (*CLASSES, "white"))
    refused('is of the class "white", of which there are no pictures to train on', tmp_path)


def test_more_pictures_than_the_memory_takes_are_refused_before_any_is_read(root):
    refused("90 pictures of 4096 × 4096 pixels are too many for the memory", write_pictures(root, each=30),
            width=4096, height=4096)


def test_more_folders_than_classes_can_be_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("core.datasets._class_folders.MOST", 2)
    refused("holds more than 2 folders", write_pictures(tmp_path))


@links
def test_links_out_of_the_folder_are_not_followed(root, tmp_path):
    secret = save(tmp_path / "elsewhere" / "secret.png", noise(1))
    (root / "red" / "link.png").symlink_to(secret)
    (root / "linked").symlink_to(secret.parent, target_is_directory=True)
    (root / "red" / "dead.png").symlink_to(tmp_path / "nowhere.png")
    (root / "red" / "inside.png").symlink_to(root / "blue" / "0.png")
    spec = of(root).spec()
    assert (spec.classes, spec.samples) == (CLASSES, 13)


@links
def test_the_folder_itself_may_be_a_link(root, tmp_path):
    (tmp_path / "link").symlink_to(root, target_is_directory=True)
    assert len(of(tmp_path / "link").load(0)) == 12


@given(ending=st.sampled_from(["png", "jpg", "bmp", "gif", "webp", "tif"]), place=st.integers(0, 400),
       piece=st.binary(max_size=3), gone=st.integers(0, 4), end=st.integers(0, 400))
def test_whatever_is_changed_in_a_picture_it_is_read_or_named(tmp_path_factory, ending, place, piece, gone, end):
    root = tmp_path_factory.getbasetemp() / f"damaged-{ending}"
    if not root.exists():
        write_pictures(root, ending=ending)
    path = root / "green" / f"2.{ending}"
    save(path, noise(102))
    content = bytearray(path.read_bytes())
    place = min(place, len(content))
    content[place : place + gone] = piece
    path.write_bytes(content[: max(end, place + 1)])
    problem = None
    try:
        assert of(root).load(0).x.shape == (12, 6, 8, 3)
    except DataError as error:
        problem = error.problem
    assert problem is None or str(path) in problem.message
    assert len(of(root, skip_broken=True, width=8, height=6).load(0)) in (11, 12)


@pytest.mark.parametrize("size", [(155, 111), (64, 47), (97, 31), (31, 97)])
def test_pictures_of_any_size_are_cut_to_any_other(tmp_path, size):
    path = save(tmp_path / "one.png", noise(1, size[1], size[0]))
    for width in range(1, 70):
        assert read_picture(path, Wanted(False, (width, 47), "crop")).shape == (47, width, 3)
