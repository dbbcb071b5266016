"""Writing IDX files: small stand-ins for those of MNIST."""
from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np

NAMES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


def idx(items, *, kind=8, lengths=None) -> bytes:
    """Items as the content of an IDX file; `kind` and `lengths` may say something else than what follows."""
    items = np.asarray(items, np.uint8)
    lengths = items.shape if lengths is None else lengths
    return struct.pack(f">BBBB{len(lengths)}I", 0, 0, kind, len(lengths), *lengths) + items.tobytes()


def digits(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Pictures (count, 28, 28) of noise with a bright bar whose place tells their label (count,), all ten in turn."""
    labels = (np.arange(count) % 10).astype(np.uint8)
    pictures = np.random.default_rng(seed).integers(0, 100, (count, 28, 28)).astype(np.uint8)
    for picture, label in zip(pictures, labels, strict=True):
        picture[4:24, 2 * label + 4 : 2 * label + 6] = 255
    return pictures, labels


def write_mnist(folder: Path, *, train: int = 60, test: int = 20, zipped: bool = True) -> Path:
    """The four files in `folder`."""
    folder.mkdir(parents=True)
    contents = [idx(part) for count, seed in ((train, 0), (test, 1)) for part in digits(count, seed)]
    for name, content in zip(NAMES, contents, strict=True):
        if zipped:
            (folder / f"{name}.gz").write_bytes(gzip.compress(content, mtime=0))
        else:
            (folder / name).write_bytes(content)
    return folder
