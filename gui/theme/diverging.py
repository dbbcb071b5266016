"""Lookup tables for pictures: signed values from orange over neutral to blue, others by a uniform map."""

from typing import Literal

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from gui.theme.tokens import Tokens


def diverging_lut(tokens: Tokens, n: int = 256) -> NDArray[np.uint8]:
    """(n, 4) RGBA bytes: row 0 is -1 (negative), the middle is 0 (neutral), row n - 1 is +1 (positive).

    An odd ``n`` has the neutral colour itself in the middle. Raises ValueError for n < 2.
    """
    if n < 2:
        raise ValueError(f"A lookup table needs at least two rows, got {n}.")
    colours = [QColor(c) for c in (tokens.negative, tokens.neutral, tokens.positive)]
    stops = np.array([[c.red(), c.green(), c.blue(), c.alpha()] for c in colours])
    values = np.linspace(-1.0, 1.0, n)
    columns = [np.interp(values, (-1.0, 0.0, 1.0), stops[:, i]) for i in range(4)]
    table: NDArray[np.uint8] = np.rint(np.stack(columns, axis=1)).astype(np.uint8)
    return table


def sequential_lut(name: Literal["viridis", "cividis"] = "viridis", n: int = 256) -> NDArray[np.uint8]:
    """(n, 4) RGBA bytes of a perceptually uniform map, from low to high."""
    table = pg.colormap.get(name).getLookupTable(nPts=n, alpha=True)
    return np.asarray(table, dtype=np.uint8)
