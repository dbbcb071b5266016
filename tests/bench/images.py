"""How long it takes until pictures are there to train on, beside what a person would write by hand."""
from __future__ import annotations

import gzip
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from core.datasets import DATASETS, Dataset, forget, prepare
from tests.bench.rows import Row, against, alternate

NAMES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
TRAIN, TEST = 60_000, 10_000
PICTURES, CLASSES, SIDE = 2000, 10, 32


class Loading:
    """Pictures a second of one way to read them."""

    def __init__(self, name: str, load: Callable[[], int]):
        self.name, self.load = name, load

    def run(self) -> float:
        forget()
        start = time.perf_counter()
        count = self.load()
        return count / (time.perf_counter() - start)


def images(rounds: int, quick: bool) -> list[Row]:
    """MNIST whole from its compressed files, and a folder of small PNG files."""
    with tempfile.TemporaryDirectory() as place:
        share = 50 if quick else 1
        mnist, pngs = Path(place) / "mnist", Path(place) / "pngs"
        write_mnist(mnist, TRAIN // share, TEST // share)
        write_pngs(pngs, PICTURES // share)
        return [
            _row("MNIST: 60,000 + 10,000 pictures from .gz", _prepared("mnist", folder=str(mnist)),
                 "gzip and NumPy", lambda: by_numpy(mnist), rounds),
            _row("2,000 PNG files of 32 × 32 in ten folders", _prepared("image_folder", path=str(pngs)),
                 "Pillow in a loop", lambda: by_pillow(pngs), rounds),
        ]


def _row(what: str, ours: Callable[[], int], name: str, theirs: Callable[[], int], rounds: int) -> Row:
    contestants = [Loading("Layerloom", ours), Loading(name, theirs)]
    row = against("images", what, alternate(contestants, rounds), "Layerloom", [name], name, None)
    return replace(row, unit="pictures/s")


def _prepared(kind: str, **params: Any) -> Callable[[], int]:
    def load() -> int:
        dataset: Dataset = DATASETS[kind](**params)
        parts = prepare(dataset)
        return len(parts.train) + len(parts.test)

    return load


def by_numpy(folder: Path) -> int:
    """The four files as arrays, as a notebook reads them."""
    count = 0
    for pictures, labels in (NAMES[:2], NAMES[2:]):
        with gzip.open(folder / f"{pictures}.gz") as file:
            x = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784).astype(np.float32) / np.float32(255)
        with gzip.open(folder / f"{labels}.gz") as file:
            y = np.frombuffer(file.read(), np.uint8, offset=8).astype(np.intp)
        assert len(x) == len(y)
        count += len(x)
    return count


def by_pillow(folder: Path) -> int:
    """All pictures as one array, as a notebook reads them."""
    from PIL import Image

    found, labels = [], []
    for number, name in enumerate(sorted(os.listdir(folder))):
        for file in sorted((folder / name).iterdir()):
            with Image.open(file) as picture:
                found.append(np.asarray(picture.convert("RGB"), np.float32) / np.float32(255))
            labels.append(number)
    return len(np.stack(found))


def write_mnist(folder: Path, train: int, test: int) -> None:
    """Files like the original ones: about a fifth of every picture is not black."""
    folder.mkdir()
    rng = np.random.default_rng(0)
    for (pictures, labels), count in ((NAMES[:2], train), (NAMES[2:], test)):
        y = (np.arange(count) % 10).astype(np.uint8)
        x = np.zeros((count, 28, 28), np.uint8)
        x[:, 6:22, 9:19] = rng.integers(0, 256, (count, 16, 10))
        for name, items in ((pictures, x), (labels, y)):
            header = bytes((0, 0, 8, items.ndim)) + b"".join(n.to_bytes(4, "big") for n in items.shape)
            (folder / f"{name}.gz").write_bytes(gzip.compress(header + items.tobytes(), 1))


def write_pngs(folder: Path, count: int) -> None:
    """So many small pictures in colour, spread over the classes."""
    from PIL import Image

    rng = np.random.default_rng(0)
    for number in range(count):
        place = folder / f"{number % CLASSES}"
        place.mkdir(parents=True, exist_ok=True)
        pixels = rng.integers(0, 256, (SIDE, SIDE, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(place / f"{number}.png")


BENCHES: dict[str, Callable[[int, bool], Iterable[Row]]] = {"images": images}
