"""The numbers of a thumbnail as images, one pixel a number."""
from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from core.train.probes._thumbnail import Thumbnail
from gui.plots import picture
from gui.plots.picture import Colours
from gui.theme.diverging import diverging_lut
from gui.theme.tokens import Tokens
from gui.thumbs.layout import Cells

BLACK, WHITE = "#000000", "#ffffff"


def images(found: Thumbnail, tokens: Tokens) -> tuple[QImage, ...]:
    """One image for every neuron, map or head; one for all of any other thumbnail. They stand upright: the second axis
    of a plane points up. Strips, bars and points have none."""
    values = found.values
    if found.look in ("bars", "points") or not values.size or values.ndim == 1:
        return ()
    if found.look == "picture":
        return (_picture(found, tokens),)
    if found.look == "plane":
        values = values[:, ::-1]
    # Padding is as blank as the card.
    gap = tokens.raised if found.look == "states" else ""
    pixels = table(tokens, gap).take(picture.levels(values, *reach(found)), mode="clip")
    return (_image(pixels),) if values.ndim == 2 else tuple(_image(each) for each in pixels)


def inks(found: Thumbnail, tokens: Tokens) -> Colours:
    """The colours of the cells of a strip, as 0xAARRGGBB (n,); of anything else none."""
    values = found.values
    if values.ndim != 1 or found.look in ("bars", "points") or not values.size:
        return np.empty(0, np.uint32)
    return np.asarray(table(tokens).take(picture.levels(values, *reach(found)), mode="clip"))


def strip(colours: Colours, cells: Cells, width: int, height: int, scale: float) -> QImage:
    """The cells of a strip in `width` x `height` device pixels, clear between them: each pixel shows the cell that it
    lies in."""
    # One colour more than there are cells: that between them.
    pixels = np.append(colours, np.uint32(0)).take(_numbers(len(colours), cells, width, height, scale))
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


@lru_cache(maxsize=64)
def _numbers(count: int, cells: Cells, width: int, height: int, scale: float) -> NDArray[np.intp]:
    """Which cell each pixel lies in (height, width); `count` between them."""
    pitch = (cells.side + cells.gap) * scale
    across = (np.arange(width) + 0.5 - cells.left * scale) / pitch
    down = (np.arange(height) + 0.5 - cells.top * scale) / pitch
    within = cells.side * scale / pitch
    column, row = np.floor(across).astype(int), np.floor(down).astype(int)
    number = row[:, None] * cells.columns + column
    inside = ((across - column < within) & (column >= 0) & (column < cells.columns)) & (
        (down - row < within) & (row >= 0))[:, None] & (number < count)
    return np.where(inside, number, count)


def reach(found: Thumbnail) -> tuple[float, float]:
    """The values of the first and of the last colour."""
    return found.middle - found.scale, found.middle + found.scale


@lru_cache(maxsize=8)
def table(tokens: Tokens, gap: str = "") -> Colours:
    """From negative over neutral to positive, and one colour more for what is not a number."""
    return picture.with_gap(diverging_lut(tokens, picture.LEVELS), gap or tokens.plot_grid)


def _picture(found: Thumbnail, tokens: Tokens) -> QImage:
    values = found.values
    levels = picture.levels(values, *reach(found))
    if values.shape[2] == 3:
        red, green, blue = np.moveaxis(np.minimum(levels, picture.LEVELS - 1).astype(np.uint32), 2, 0)
        return _image(np.uint32(0xFF000000) | red << 16 | green << 8 | blue)
    greys = picture.ramp(BLACK, WHITE, np.linspace(0.0, 1.0, picture.LEVELS))
    return _image(picture.with_gap(greys, tokens.plot_grid).take(levels[..., 0], mode="clip"))


def _image(pixels: NDArray[np.uint32]) -> QImage:
    pixels = np.ascontiguousarray(pixels, np.uint32)
    rows, columns = pixels.shape
    # The image does not own its pixels, its copy does.
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
