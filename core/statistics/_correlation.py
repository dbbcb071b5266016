"""How columns of numbers go together."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.datasets import Task
from core.params import EMPTY
from core.statistics._frame import Frame
from core.statistics._labels import labels_of

# Numbers in one step of the sums.
CHUNK = 1 << 21
MOST = 200
INDICATORS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Correlation:
    """Pearson's coefficient of every pair.

    values (k, k): from -1 to 1, NaN where a column is constant; names (k,); places (k,): the columns of the frame.
    `targets` of them, at the end, are what is to be predicted: a class counts 1 for its rows and 0 for all others.
    `total` is how many columns of numbers there are, of which those that go best with the target are shown.
    """

    names: tuple[str, ...]
    places: tuple[int, ...]
    values: np.ndarray
    targets: int
    total: int


def correlate(frame: Frame, roles: Mapping[str, str] = EMPTY, most: int = MOST,
              task: Task | None = None) -> Correlation:
    """Correlate the columns of single numbers, each pair over the rows in which both are finite.

    Raises CancelledError.
    """
    task = task or Task()
    goals = _goals(frame, roles)
    aims = {place for place, _, _ in goals}
    inputs = [place for place in frame.numbers() if place not in aims]
    total = len(inputs)
    target = np.stack([values for _, _, values in goals]) if goals else np.empty((0, frame.rows))
    if total > most:
        inputs = _related(frame, inputs, target, most, task)
    columns = [frame.columns[place].values for place in inputs]
    values = pearson([*columns, *target], task)
    names = [frame.columns[place].spec.name for place in inputs] + [name for _, name, _ in goals]
    return Correlation(tuple(names), (*inputs, *(place for place, _, _ in goals)), values, len(goals), total)


def pearson(columns: list[np.ndarray], task: Task | None = None) -> np.ndarray:
    """Coefficients (k, k) of columns (n,), each pair over the rows in which both are finite."""
    task, k = task or Task(), len(columns)
    rows = len(columns[0]) if k else 0
    step = max(1, CHUNK // max(1, k))
    centre, scale = _norm(columns)
    sums = np.zeros((4, k, k))
    for start in range(0, rows, step):
        task.tell("Correlating columns", start / rows)
        block = np.stack([column[start : start + step] for column in columns]).astype(np.float64)
        there = np.isfinite(block)
        block = np.where(there, (np.where(there, block, 0.0) - centre) / scale, 0.0)
        mask = there.astype(np.float64)
        sums[0] += block @ block.T
        sums[1] += mask @ mask.T
        sums[2] += block @ mask.T
        sums[3] += (block * block) @ mask.T
    return _coefficients(sums)


def _norm(columns: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Something near the mean and the deviation, (k, 1) each: sums of large numbers would lose digits."""
    centre, scale = np.zeros((len(columns), 1)), np.ones((len(columns), 1))
    for place, column in enumerate(columns):
        known = column[np.isfinite(column)].astype(np.float64)
        if known.size:
            centre[place] = known.mean()
            scale[place] = np.abs(known - centre[place]).max() or 1.0
    return centre, scale


def _coefficients(sums: np.ndarray) -> np.ndarray:
    products, number, ones, squares = sums
    divisor = np.maximum(number, 1.0)
    shared = products - ones * ones.T / divisor
    spread = np.maximum(squares - ones * ones / divisor, 0.0)
    # What rounding leaves of a constant is not a spread.
    spread[spread <= 1e-12 * np.maximum(squares, 1e-300)] = 0.0
    size = np.sqrt(spread * spread.T)
    found = np.full(products.shape, np.nan)
    np.divide(shared, size, out=found, where=size > 0)
    return np.clip(found, -1.0, 1.0, out=found)


def _goals(frame: Frame, roles: Mapping[str, str]) -> list[tuple[int, str, np.ndarray]]:
    """Place, name and numbers of what is to be predicted."""
    found = []
    for place, column in enumerate(frame.columns):
        if frame.role(place, roles) != "target" or column.spec.shape:
            continue
        labels = labels_of(column, INDICATORS)
        if labels is not None:
            names = list(enumerate(labels.names))
            # Of two classes one says it all.
            for number, name in names[1:] if len(names) == 2 else names:
                truth = np.where(labels.codes < len(names), labels.codes == number, np.nan)
                found.append((place, f"{labels.name}: {name}", truth))
        elif column.spec.kind == "number":
            found.append((place, column.spec.name, column.values))
    return found


def _related(frame: Frame, inputs: list[int], target: np.ndarray, most: int, task: Task) -> list[int]:
    """Those that go best with the target, in their order; the first ones where there is none."""
    if not len(target):
        return inputs[:most]
    best = np.zeros(len(inputs))
    step = max(1, CHUNK // max(1, frame.rows))
    for start in range(0, len(inputs), step):
        task.tell("Choosing columns", start / len(inputs))
        for number, place in enumerate(inputs[start : start + step], start):
            pairs = pearson([frame.columns[place].values, *target])[0, 1:]
            best[number] = np.nan_to_num(np.abs(pairs)).max()
    chosen = np.sort(np.argsort(-best, kind="stable")[:most])
    return [inputs[place] for place in chosen]
