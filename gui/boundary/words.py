"""What the boundary panel says: its title, places of the map, points of the data."""
from __future__ import annotations

import numpy as np

from core.train.probes.boundary import Boundary
from core.train.probes.points import Points
from core.train.probes.verdicts import Verdicts
from core.train.sampling import PARTS
from gui.plots import numbers
from gui.plots.caption import Reading

TITLES = {"probability": "Probability of class {}", "classes": "Most likely class", "value": "Prediction",
          "chance": "Probability of class {}"}
COLUMNS = {"probability": "probability", "classes": "confidence", "value": "value", "chance": "probability of {}"}


def title(found: Boundary, *, traced: bool) -> str:
    """What the map shows, and what the columns hold that it does not show."""
    name = found.classes[found.label if found.kind == "chance" else -1] if found.classes else ""
    held = (", others as in the sample" if traced else ", others average") if len(found.columns) > 2 else ""
    return TITLES[found.kind].format(name) + held


def at_cell(found: Boundary, row: int, column: int) -> str:
    """What the network says in a cell."""
    value = float(found.values[row, column])
    if found.kind == "value" or not np.isfinite(value):
        return numbers.fixed(value, 3)
    if found.kind == "chance":
        return numbers.share(value)
    if found.winners is not None:
        return f"{found.classes[found.winners[row, column]]}, {numbers.share(value)}"
    name = found.classes[1] if value > 0.5 else found.classes[0]
    return f"{name}, {numbers.share(max(value, 1 - value))}"


def at_point(found: Boundary, points: Points, row: int, verdicts: object) -> tuple[str, tuple[Reading, ...]]:
    """A sample: which one and where, its truth, and what the network says."""
    part = PARTS[points.part[row]]
    place = ", ".join(numbers.fixed(float(value)) for value in points.x[row])
    truth = found.classes[int(points.y[row])] if found.classes else numbers.fixed(float(points.y[row]), 3)
    readings = [Reading(truth, "is")]
    if isinstance(verdicts, Verdicts) and verdicts.points is points:
        best = verdicts.best[row]
        said = numbers.fixed(float(best), 3) if verdicts.sure is None else \
            f"{found.classes[int(best)]}, {numbers.share(float(verdicts.sure[row]))}"
        readings.append(Reading(said, "predicted"))
    return f"{part} {points.number[row] + 1:,}: ({place})", tuple(readings)


def legend(points: object, shown: frozenset[str]) -> tuple[Reading, ...]:
    """Which points are filled, and which are not; nothing where there are only those of one kind."""
    if not isinstance(points, Points):
        return ()
    names = [name for index, name in enumerate(PARTS) if name in shown and (points.part == index).any()]
    if len(names) < 2:
        return ()
    first = Reading("train", mark="filled", spare=True)
    held = " and ".join(name for name in names if name != "train")
    return (first, Reading(held, mark="hollow", spare=True)) if "train" in names else ()


def table(found: Boundary) -> tuple[list[str], list[list[float | str]]]:
    """The map as it was computed: column names, and a row for every cell."""
    size = len(found.values)
    middle = (np.arange(size) + 0.5) / size
    x, y = (low + middle * (high - low) for low, high in (found.x, found.y))
    names = [*found.features, COLUMNS[found.kind].format(found.classes[found.label] if found.classes else "")]
    rows: list[list[float | str]] = [
        [float(x[c]), float(y[r]), float(found.values[r, c])] for r in range(size) for c in range(size)
    ]
    if found.winners is not None:
        names.append("class")
        for row, winner in zip(rows, found.winners.ravel(), strict=True):
            row.append(found.classes[winner])
    return names, rows
