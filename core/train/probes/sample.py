"""One sample of the data as it was before preprocessing, to look at or to change."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.preprocessing import Column
from core.train.probes._base import NotApplicable, Probe
from core.train.probes._truth import truth
from core.train.sampling import PARTS

if TYPE_CHECKING:
    from core.train.session import Session

# Those that were held back the furthest come first.
ORDER = PARTS[::-1]


@dataclass(frozen=True, slots=True)
class Sample:
    """`row` is what the probe "prediction" takes. `truth` is the target in words, "" where that is no single word or
    number; `part` is "test", "validation" or "train"; `number` counts the samples of the part from 0."""

    row: tuple[tuple[str, Any], ...]
    truth: str
    part: str
    number: int
    total: int


def compute(session: Session, number: int = 0) -> Sample | NotApplicable:
    """Sample `number`, counted round and round, of the part that was held back the furthest."""
    parts = session.parts
    part = next(name for name in ORDER if len(getattr(parts, name)))
    samples = getattr(parts, part)
    place = number % len(samples)
    if parts.raw is None:
        row: tuple[tuple[str, Any], ...] = ((parts.chain.inputs[0].name, samples.x[place].tobytes()),)
    else:
        columns = parts.raw[PARTS.index(part)]
        row = tuple((column.spec.name, _value(column, place)) for column in columns)
    return Sample(row, truth(session, samples.y[place]), part, place, len(samples))


def _value(column: Column, place: int) -> Any:
    value, kind = column.values[place], column.spec.kind
    if kind == "category":
        return column.spec.categories[value] if value >= 0 else ""
    if kind == "date":
        return "" if np.isnat(value) else str(value)
    if kind == "text":
        return str(value)
    if column.spec.shape:
        return np.ascontiguousarray(value, np.float32).tobytes()
    return "" if np.isnan(value) else float(value)


PROBE = Probe("sample", compute)
