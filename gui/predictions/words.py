"""Samples, predictions and truths in words."""
from __future__ import annotations

import math

from core.train.cases import Cases
from core.train.references import SampleRef
from gui.plots import numbers

PARTS = {"train": "Training", "validation": "Validation", "test": "Test"}
FEW = 2


def said(found: Cases, place: int) -> str:
    """What the network says about a sample."""
    return _of(found, found.said[place])


def true(found: Cases, place: int) -> str:
    """What is true of it."""
    return _of(found, found.truth[place])


def error(found: Cases, place: int) -> float:
    """By how much the first number is too large, in the data's own units."""
    return float(found.said[place, 0]) - float(found.truth[place, 0])


def written_error(found: Cases, place: int) -> str:
    """The same with its sign."""
    value = error(found, place)
    if not math.isfinite(value):
        return numbers.NOTHING
    return ("+" if value >= 0 else numbers.MINUS) + plain(abs(value))


def ref(found: Cases, place: int) -> SampleRef:
    """The name of a sample."""
    return SampleRef(found.part, int(found.numbers[place]))


def described(found: Cases, place: int) -> str:
    """A sample in a line."""
    number = f"No. {int(found.numbers[place]) + 1:,}"
    loss = f"loss {numbers.measured(float(found.losses[place]))}"
    if found.kind == "values":
        return f"{number}: {loss}"
    if found.kind == "numbers":
        gap = f", {written_error(found, place)}" if found.said.shape[1] == 1 else ""
        return f"{number}: {judged(found, place)}{gap}, {loss}"
    return f"{number}: {judged(found, place)}, {loss}"


def judged(found: Cases, place: int) -> str:
    """What is said of a sample, and what is true of it."""
    how = f" ({sure(found, place)})" if found.sure is not None else ""
    return f"{said(found, place)}{how}, is {true(found, place)}"


def sure(found: Cases, place: int) -> str:
    """How sure the network is."""
    value = float("nan") if found.sure is None else float(found.sure[place])
    return numbers.share(value)


def plain(value: float) -> str:
    """A number with four digits that count."""
    if not math.isfinite(value):
        return numbers.NOTHING
    text = f"{value:.4g}" if not 1000 <= abs(value) < 1e7 else f"{value:,.0f}"
    return text.replace("-", numbers.MINUS)


def _of(found: Cases, value: object) -> str:
    if found.kind == "classes":
        return found.names[int(value)]  # type: ignore[call-overload]
    row = list(value)  # type: ignore[call-overload]
    if found.kind == "labels":
        return ", ".join(name for name, yes in zip(found.names, row, strict=True) if yes) or "none"
    shown = ", ".join(plain(float(one)) for one in row[:FEW])
    return f"{shown}, …" if len(row) > FEW else shown
