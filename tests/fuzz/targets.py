"""What is driven with damaged input: each target takes any bytes, and raises only where the reader is at fault."""
from __future__ import annotations

import gzip
import io
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.datasets import deferred
from core.datasets._idx import read_idx, read_lengths
from core.datasets._pictures import Wanted, read_picture
from core.errors import DataError, FormatError
from core.graph.check import check
from core.io import documents
from core.io.examples import EXAMPLES

# Made anew in every run: files that a test leaves behind are nobody's.
_place: list[tempfile.TemporaryDirectory[str]] = []


@dataclass(frozen=True)
class Target:
    """`seeds` gives sound input to begin with; `run` reads some. `longest` bounds the input in bytes."""

    seeds: Callable[[], list[bytes]]
    run: Callable[[bytes], None]
    longest: int


def idx(data: bytes) -> None:
    """An IDX file is read as its header says, or refused."""
    path = _file(data)
    with suppress(DataError):
        count, *shape = read_lengths(path)
        items = read_idx(path, tuple(shape))
        assert items.shape == (count, *shape)
        assert items.dtype == np.uint8
    with suppress(DataError):
        assert read_idx(path, (), 3).ndim == 1


def document(data: bytes) -> None:
    """A document is read, written, read again to the same, and checked; or refused."""
    try:
        found = documents.loads(data)
    except FormatError:
        return
    text = documents.dumps(found)
    assert documents.dumps(documents.loads(text)) == text
    with deferred():
        check(found)


def picture(data: bytes) -> None:
    """A picture is read in the form that is wanted, or refused."""
    path = _file(data)
    for wanted, size in ((Wanted(grey=True), None), (Wanted(False, (7, 5), "pad"), (5, 7, 3))):
        with suppress(DataError):
            pixels = read_picture(path, wanted)
            assert pixels.dtype in (np.uint8, np.float32)
            assert pixels.shape == (size or (*pixels.shape[:2], 1))
            assert np.isfinite(pixels).all()


def _idx_seeds() -> list[bytes]:
    rng = np.random.default_rng(0)
    found = []
    for shape in ((5,), (3, 4, 2), (2, 3, 2, 3), (0, 2, 2)):
        items = rng.integers(0, 256, shape).astype(np.uint8)
        lengths = b"".join(length.to_bytes(4, "big") for length in shape)
        plain = bytes((0, 0, 8, len(shape))) + lengths + items.tobytes()
        found += [plain, gzip.compress(plain, mtime=0)]
    return found


def _document_seeds() -> list[bytes]:
    return [example.path.read_bytes() for example in EXAMPLES.values()]


def _picture_seeds() -> list[bytes]:
    from PIL import Image

    rng = np.random.default_rng(0)
    colours = Image.fromarray(rng.integers(0, 256, (6, 8, 3)).astype(np.uint8))
    found = [_saved(colours, kind) for kind in ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF")]
    deep = Image.fromarray(rng.integers(0, 65536, (6, 8)).astype(np.uint16))
    clear, printed = colours.convert("RGBA"), colours.convert("CMYK")
    return [*found, _saved(deep, "PNG"), _saved(clear, "PNG"), _saved(printed, "JPEG")]


def _saved(image: object, kind: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind)  # type: ignore[attr-defined]
    return stream.getvalue()


def _file(data: bytes) -> Path:
    """A file with this content, always the same one."""
    if not _place:
        _place.append(tempfile.TemporaryDirectory(prefix="layerloom-fuzz-"))
    path = Path(_place[0].name) / f"{os.getpid()}"
    path.write_bytes(data)
    return path


TARGETS = {
    "idx": Target(_idx_seeds, idx, 4096),
    "document": Target(_document_seeds, document, 32_768),
    "picture": Target(_picture_seeds, picture, 8192),
}
