"""Measures of many columns of numbers at once."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BARS = 24
FIGURES = 7


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """Of k columns. figures (7, k): mean, deviation, lowest, quartiles and highest of what is finite.

    counts (k, BARS, classes + 1): rows in each of the first `bars` (k,) of the bars, which begin at `start` (k,) and
    are `width` (k,) wide.
    """

    rows: int
    missing: np.ndarray
    infinite: np.ndarray
    distinct: np.ndarray
    figures: np.ndarray
    bars: np.ndarray
    start: np.ndarray
    width: np.ndarray
    counts: np.ndarray

    def edges(self, column: int) -> np.ndarray | None:
        """The limits of the bars of one column (bars + 1,), or None if it has no values."""
        bars = int(self.bars[column])
        return self.start[column] + self.width[column] * np.arange(bars + 1) if bars else None


def measure(values: np.ndarray, codes: np.ndarray | None = None, classes: int = 0) -> Measures:
    """Measure columns values (k, rows); codes (rows,) are the classes of the rows, `classes` where not known."""
    k, rows = values.shape
    finite = np.isfinite(values)
    ordered = np.sort(values, axis=1)
    missing = np.isnan(values).sum(axis=1)
    below = (ordered == -np.inf).sum(axis=1) if rows else np.zeros(k, np.intp)
    number = finite.sum(axis=1)
    infinite = rows - missing - number
    figures = np.full((FIGURES, k), np.nan)
    some = number > 0
    _centre(values, finite, number, figures, some)
    for line, share in zip(range(2, FIGURES), (0.0, 0.25, 0.5, 0.75, 1.0), strict=True):
        figures[line, some] = _quantile(ordered[some], below[some], number[some], share)
    bars, start, width = _bars(values, finite, figures, some)
    counts = _counted(values, finite, codes, classes, bars, start, width)
    return Measures(rows, missing, infinite, _distinct(ordered, rows - missing), figures, bars, start, width, counts)


def _centre(values: np.ndarray, finite: np.ndarray, number: np.ndarray, figures: np.ndarray, some: np.ndarray) -> None:
    """Mean and deviation; in two passes, because the mean may be large compared with the deviation."""
    parts = np.where(finite, values, 0.0).astype(np.float64, copy=False)
    divisor = np.maximum(number, 1)
    mean = parts.sum(axis=1) / divisor
    np.subtract(parts, mean[:, None], out=parts, where=finite)
    deviation = np.sqrt(np.einsum("kn,kn->k", parts, parts) / divisor)
    figures[0, some], figures[1, some] = mean[some], deviation[some]


def _quantile(ordered: np.ndarray, below: np.ndarray, number: np.ndarray, share: float) -> np.ndarray:
    """Between two neighbours linearly, as numpy.quantile does."""
    place = share * (number - 1)
    left = np.floor(place).astype(np.intp)
    right = np.minimum(left + 1, number - 1)
    rows = np.arange(len(ordered))
    a, b = (ordered[rows, below + side].astype(np.float64) for side in (left, right))
    part = place - left
    between: np.ndarray = a * (1 - part) + b * part
    return between


def _distinct(ordered: np.ndarray, present: np.ndarray) -> np.ndarray:
    if ordered.shape[1] == 0:
        return np.zeros(len(ordered), np.intp)
    new = ordered[:, 1:] != ordered[:, :-1]
    # NaN stands at the end, and differs from everything.
    new &= np.arange(1, ordered.shape[1]) < present[:, None]
    return np.asarray(new.sum(axis=1) + (present > 0), np.intp)


def _bars(values: np.ndarray, finite: np.ndarray, figures: np.ndarray, some: np.ndarray,
          ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How many bars, where they begin, how wide they are: one for each of few whole numbers, else of equal width."""
    low, high = np.where(some, figures[2], 0.0), np.where(some, figures[6], 0.0)
    span = high / 2 - low / 2
    whole = some & (span < BARS / 2) & _whole(values, finite, span)
    bars = np.where(whole, np.minimum(2 * span, BARS - 1).astype(np.intp) + 1, BARS)
    same = some & (span == 0)
    reach = np.where(whole, 1.0, np.maximum(np.abs(low), 1.0) * 1e-6)
    bars = np.where(same, 1, bars)
    start = np.where(whole | same, low - reach / 2, low)
    width = np.where(whole | same, reach, span / BARS * 2)
    return np.where(some, bars, 0), start, width


def _whole(values: np.ndarray, finite: np.ndarray, span: np.ndarray) -> np.ndarray:
    found = np.zeros(len(values), bool)
    for column in np.flatnonzero(span < BARS / 2):
        # Most columns are told by their first numbers.
        for part in (values[column, :256], values[column]):
            known = part[np.isfinite(part)]
            found[column] = bool((known == np.rint(known)).all())
            if not found[column]:
                break
    return found


def _counted(values: np.ndarray, finite: np.ndarray, codes: np.ndarray | None, classes: int, bars: np.ndarray,
             start: np.ndarray, width: np.ndarray) -> np.ndarray:
    k = len(values)
    safe = np.where(width > 0, width, 1.0)
    with np.errstate(over="ignore", invalid="ignore"):
        place = np.where(finite, values, start[:, None])
        place = np.clip((place - start[:, None]) / safe[:, None], 0, np.maximum(bars - 1, 0)[:, None]).astype(np.intp)
    place += np.arange(k)[:, None] * BARS
    groups = classes + 1
    if codes is not None:
        place *= groups
        place += codes
    counts = np.bincount(place.ravel() if finite.all() else place[finite], minlength=k * BARS * groups)
    return counts.reshape(k, BARS, groups)
