"""Pictures that somebody draws, brought to the form of those that a data set holds."""
from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from core.datasets._base import Dataset, DataSpec

FAINT = 0.15


def picture_shape(spec: DataSpec) -> tuple[int, int, int] | None:
    """Height, width and channels (1 or 3) of the samples if they are pictures, else None."""
    if spec.picture is not None:
        pixels = math.prod(spec.picture)
        channels = spec.shape[0] // pixels if pixels else 0
        return (*spec.picture, channels) if channels in (1, 3) else None
    if len(spec.shape) == 3 and spec.shape[2] in (1, 3):
        return (spec.shape[0], spec.shape[1], spec.shape[2])
    return None


def sketched(dataset: Dataset, ink: np.ndarray) -> np.ndarray:
    """A sample, in the shape of `dataset.spec()`, of what was drawn: ink (h, w) from 0, nothing, to 1, float32.

    Data sets whose pictures are centred (`Dataset.centred`) get the ink as theirs are: fitted into that share of the
    picture, with its centre of mass in the middle. Raises ValueError if the samples are no pictures.
    Source: LeCun, Cortes & Burges, The MNIST database of handwritten digits.
    """
    shape = picture_shape(dataset.spec())
    if shape is None:
        raise ValueError("the samples are no pictures")
    height, width, channels = shape
    pixels = _centred(ink, height, width, dataset.centred) if dataset.centred else _resized(ink, height, width)
    return dataset.from_pixels(np.repeat(pixels[:, :, None], channels, axis=2))


def is_picture(path: Path) -> bool:
    """True for a file that is called as picture files are."""
    from core.datasets._pictures import ENDINGS

    return path.suffix.lower() in ENDINGS and path.is_file()


def picture_from_file(dataset: Dataset, path: Path) -> np.ndarray:
    """A sample, in the shape of `dataset.spec()`, of a picture file.

    Data sets of centred ink get it as they get what is drawn; dark ink on a light ground is turned over. Others get the
    picture cut to fit. Raises DataError naming the file, ValueError if the samples are no pictures.
    """
    from core.datasets._pictures import Wanted, read_picture

    shape = picture_shape(dataset.spec())
    if shape is None:
        raise ValueError("the samples are no pictures")
    height, width, channels = shape
    if not dataset.centred:
        return dataset.from_pixels(_unit(read_picture(path, Wanted(channels == 1, (width, height)))))
    ink = _unit(read_picture(path, Wanted(grey=True)))[:, :, 0]
    edge = np.concatenate([ink[0], ink[-1], ink[:, 0], ink[:, -1]])
    ground = float(np.median(edge))
    ink = 1.0 - ink if ground > 0.5 else ink
    # Paper is never quite even: what is close to the ground counts as nothing.
    floor = min(ground, 1.0 - ground) + FAINT
    return sketched(dataset, np.clip((ink - floor) / max(1.0 - floor, 1e-6), 0.0, 1.0))


def _unit(pixels: np.ndarray) -> np.ndarray:
    """Pixels from 0 to 1, float32."""
    return pixels.astype(np.float32) / np.float32(255.0) if pixels.dtype == np.uint8 else pixels.astype(np.float32)


def _resized(ink: np.ndarray, height: int, width: int) -> np.ndarray:
    from PIL import Image

    picture = Image.fromarray(np.ascontiguousarray(ink, np.float32))
    resized = picture.resize((max(1, width), max(1, height)), Image.Resampling.BOX, reducing_gap=None)
    return np.clip(np.asarray(resized, np.float32), 0.0, 1.0)


def _centred(ink: np.ndarray, height: int, width: int, share: float) -> np.ndarray:
    picture = np.zeros((height, width), np.float32)
    down, across = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(down):
        return picture
    cut = ink[down[0] : down[-1] + 1, across[0] : across[-1] + 1]
    scale = min(share * height / cut.shape[0], share * width / cut.shape[1])
    small = _resized(cut, max(1, round(cut.shape[0] * scale)), max(1, round(cut.shape[1] * scale)))
    top, left = (_start(small.sum(axis=1 - axis), (height, width)[axis]) for axis in (0, 1))
    picture[top : top + small.shape[0], left : left + small.shape[1]] = small
    return picture


def _start(mass: np.ndarray, room: int) -> int:
    """Where to begin along one axis so that the centre of mass lies in the middle pixel, as it does in MNIST (the 15th
    of 28), if there is room."""
    centre = float((mass * np.arange(len(mass))).sum() / max(float(mass.sum()), 1e-12))
    return int(np.clip(round(room // 2 - centre), 0, room - len(mass)))
