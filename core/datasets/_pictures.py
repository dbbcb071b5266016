"""Reading picture files: turned upright, of one kind of pixels and one size."""
from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import DataError, Problem

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF")
ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff")
FITS = {"crop": "Cut to fit", "stretch": "Stretch", "pad": "Black border"}
DEEP = 65535.0
# What EXIF says of pictures that lie on their side.
ORIENTATION, TURNED = 0x0112, (5, 6, 7, 8)
# A picture is shrunk by whole pixels first, to at least twice the wanted size: much faster, and hardly to be seen.
GAP = 2.0
SKIP = "Replace or remove it, or switch on Skip broken."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What pictures are made into. `size` is (width, height), or None to leave it; `fit` is one of FITS."""

    grey: bool
    size: tuple[int, int] | None = None
    fit: str = "crop"


class _UnboundedError(Exception):
    """What stands for a pixel is no shade between black and white."""


class BrokenError(DataError):
    """A single picture that cannot be read."""


def read_picture(path: Path, wanted: Wanted) -> np.ndarray:
    """The first picture of a file: (h, w, c) uint8 from 0 to 255, or float32 from 0 to 1 where it has more shades.

    There is one channel if it is to be grey, else three. What is transparent is laid on white. Raises BrokenError
    naming the file if it is not there, is damaged, is of another format, or would be too large unpacked.
    """
    from PIL import Image, UnidentifiedImageError

    _set_up()
    try:
        with Image.open(path, formats=FORMATS) as opened:
            return _made(opened, wanted)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _broken(path, "has too many pixels", "Make it smaller, or switch on Skip broken.") from None
    except UnidentifiedImageError:
        raise _broken(path, "is no picture in a format that can be read, or is damaged") from None
    except FileNotFoundError:
        raise _broken(path, "is no longer there", "Put it back, or choose the folder anew.") from None
    except _UnboundedError:
        raise _broken(path, "holds numbers that are not from 0 to 1") from None
    except MemoryError:
        raise
    except OSError as error:
        raise _broken(path, f"cannot be read: {error.strerror}" if error.errno else "is damaged") from None
    except Exception:
        # Pillow raises nearly anything where a file is damaged.
        raise _broken(path, "is damaged") from None


def picture_size(path: Path) -> tuple[int, int] | None:
    """Width and height of the picture in a file, turned upright, as its first bytes tell; None if they do not."""
    from PIL import Image

    _set_up()
    try:
        with Image.open(path, formats=FORMATS) as opened:
            width, height = opened.size
            return (height, width) if opened.getexif().get(ORIENTATION, 1) in TURNED else (width, height)
    except Exception:
        # Pillow raises nearly anything where a file is damaged; whoever reads it whole says so.
        return None


def _made(opened: Image, wanted: Wanted) -> np.ndarray:
    from PIL import ImageOps

    mode = "L" if wanted.grey else "RGB"
    if wanted.size is not None and opened.format == "JPEG":
        # On its side, it may need the longer side across.
        side = int(GAP * max(wanted.size))
        opened.draft(mode, (side, side))
    opened.load()
    ImageOps.exif_transpose(opened, in_place=True)
    picture = _plain(opened, mode)
    if wanted.size is not None and picture.size != wanted.size:
        picture = _fitted(picture, wanted.size, wanted.fit)
    pixels = np.asarray(picture)
    if pixels.ndim == 2:
        pixels = pixels[:, :, None]
    return pixels if pixels.shape[2] == (1 if wanted.grey else 3) else np.repeat(pixels, 3, axis=2)


def _plain(picture: Image, mode: str) -> Image:
    """The picture as "L" or "RGB", or as "F" from 0 to 1 if it is grey with more than 256 shades."""
    from PIL import Image

    if picture.mode.startswith("I") or picture.mode == "F":
        return _deep(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture if picture.mode == mode else picture.convert(mode)


def _deep(picture: Image) -> Image:
    """A picture of 16 bits a pixel, or of numbers from 0 to 1, as the latter."""
    from PIL import Image

    numbers = np.asarray(picture, np.float32)
    numbers = numbers if picture.mode == "F" else numbers / np.float32(DEEP)
    if not np.isfinite(numbers).all() or numbers.min(initial=0.0) < 0.0 or numbers.max(initial=0.0) > 1.0:
        raise _UnboundedError
    return Image.fromarray(numbers)


def _fitted(picture: Image, size: tuple[int, int], fit: str) -> Image:
    from PIL import Image

    width, height = size
    across, down = picture.size
    smooth = Image.Resampling.BILINEAR
    if fit == "stretch":
        return picture.resize(size, smooth, reducing_gap=GAP)
    if fit == "crop":
        share = min(across / width, down / height)
        # Rounding may bring it a hair's breadth out of the picture, which Pillow refuses.
        left, top = max(0.0, (across - share * width) / 2), max(0.0, (down - share * height) / 2)
        box = (left, top, min(left + share * width, across), min(top + share * height, down))
        return picture.resize(size, smooth, box=box, reducing_gap=GAP)
    share = min(width / across, height / down)
    inner = min(width, max(1, round(across * share))), min(height, max(1, round(down * share)))
    whole = Image.new(picture.mode, size)
    whole.paste(picture.resize(inner, smooth, reducing_gap=GAP), ((width - inner[0]) // 2, (height - inner[1]) // 2))
    return whole


def _set_up() -> None:
    """Refuse pictures that would fill the memory, and let Pillow say nothing about small damages."""
    from PIL import Image

    warnings.filterwarnings("ignore", module=r"PIL\.")
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def _broken(path: Path, what: str, hint: str = SKIP) -> BrokenError:
    return BrokenError(Problem("data.picture", f"The picture {path} {what}.", param="source", hint=hint))
