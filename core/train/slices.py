"""Planes through the inputs of tabular data: two columns vary, all others are held."""
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.preprocessing import Column, Columns, ColumnSpec, Specs
from core.statistics import telling
from core.train.cached import once
from core.train.references import SampleRef
from core.train.sampling import PARTS, found, raw_columns

if TYPE_CHECKING:
    from core.train.session import Session

# Numbers that the samples of a slice take together: more cells than this allows are not asked for.
ROOM = 20_000_000


@dataclass(frozen=True, slots=True)
class Feature:
    """One number of a sample, as the data give it: number `part` of input column `column`."""

    name: str
    column: int
    part: int


def features(inputs: Specs) -> tuple[Feature, ...]:
    """All plain numbers among the input columns: categories, dates, texts, series and pictures have none."""
    return tuple(
        Feature(name, place, part) for place, spec in enumerate(inputs)
        if spec.kind == "number" and not spec.tokens and len(spec.shape) < 2
        for part, name in enumerate(spec.names or tuple(f"{spec.name} {i + 1}" for i in range(spec.width)))
    )


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """A plane through the inputs. `held` is one row of the input columns: what those hold that do not vary."""

    session: Session
    x: Feature
    y: Feature
    held: Columns

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two columns that vary."""
        return self.x.name, self.y.name

    def points(self) -> np.ndarray:
        """The samples of all parts as points (n, 2) float32, in their own units; NaN where one is missing."""
        parts = [raw_columns(self.session, name) for name in PARTS]
        return np.concatenate([np.column_stack([numbers(part, self.x), numbers(part, self.y)]) for part in parts])

    def samples(self, points: np.ndarray) -> np.ndarray:
        """What reaches the network for points (n, 2) of the plane. Raises DataError."""
        columns = []
        for place, column in enumerate(self.held):
            values = np.repeat(column.values, len(points), axis=0)
            for axis, feature in enumerate((self.x, self.y)):
                if feature.column == place:
                    values.reshape(len(points), -1)[:, feature.part] = points[:, axis]
            columns.append(column.with_values(values))
        return self.session.parts.chain.apply(tuple(columns))

    def nearness(self) -> np.ndarray:
        """How near the samples of all parts are to the plane: (n,) float32, 1 in it, falling to 0 far from it.

        exp(-d²/2), where d² is the mean, over all other columns, of the squared distance from what is held in standard
        deviations of the training part; of a category 0 where it is the one that is held, and 1 where it is not.
        """
        parts = [raw_columns(self.session, name) for name in PARTS]
        count = sum(len(part[0]) for part in parts)
        total, others = np.zeros(count), 0
        for place, held in enumerate(self.held):
            values = np.concatenate([part[place].values for part in parts])
            for squares in self._squares(place, held, values, parts[0][place].values):
                total += squares
                others += 1
        return np.exp(-0.5 * total / max(1, others)).astype(np.float32)

    def _squares(self, place: int, held: Column, values: np.ndarray, learnt: np.ndarray) -> list[np.ndarray]:
        if held.spec.kind == "category":
            return [(values != held.values[0]).astype(float)]
        if held.spec.kind != "number":
            return []
        varied = {feature.part for feature in (self.x, self.y) if feature.column == place}
        columns, own = values.reshape(len(values), -1).T, held.values.reshape(-1)
        known = learnt.reshape(len(learnt), -1)
        return [_standing(column, float(own[part]), known[:, part])
                for part, column in enumerate(columns) if part not in varied]


def _standing(values: np.ndarray, held: float, learnt: np.ndarray) -> np.ndarray:
    """Squared distances from `held` in standard deviations of `learnt`; 0 where a value is missing."""
    known = learnt[np.isfinite(learnt)].astype(float)
    deviation = float(known.std()) if len(known) else 0.0
    distance = (values.astype(float) - held) / (deviation or 1.0)
    return np.square(np.nan_to_num(distance))


def slice_of(session: Session, x: str = "", y: str = "", sample: SampleRef | None = None) -> Slice:
    """The plane of the columns named x and y through `sample`, or, without one, through the middle of the training
    part. A name that is not there is replaced by the column that tells most about the targets. The data must have at
    least two `features`."""
    known = features(session.parts.chain.inputs)
    by_name = {feature.name: feature for feature in reversed(known)}
    ranking = _ranked(session, known)
    first = by_name.get(x) or next(f for f in ranking if f.name != y)
    second = by_name.get(y) if y != first.name else None
    second = second or next(f for f in ranking if f is not first)
    if x not in by_name and y not in by_name and known.index(second) < known.index(first):
        first, second = second, first
    return Slice(session, first, second, held_at(session, sample))


def held_at(session: Session, sample: SampleRef | None) -> Columns:
    """One row of the input columns: that of a sample, or the middle of the training part."""
    if sample is not None:
        ref = found(session, sample)
        return tuple(column.take(np.array([ref.number])) for column in raw_columns(session, ref.part))
    return once(session, "middle", lambda: tuple(
        column.with_values(middle(column)) for column in raw_columns(session, "train")))


def middle(column: Column) -> np.ndarray:
    """What a column holds on average, as its only value (1, ...): the mean of numbers, the most frequent category, the
    median of dates. What is missing does not count."""
    values, kind = column.values, column.spec.kind
    if kind == "number":
        known = np.isfinite(values)
        total = np.where(known, values, 0.0).sum(axis=0, dtype=float)
        count = known.sum(axis=0)
        mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
        return np.asarray(mean, np.float32)[None]
    if kind == "category":
        known = values[values >= 0]
        return np.array([np.bincount(known).argmax() if len(known) else -1], values.dtype)
    known = np.sort(values[~np.isnat(values)]) if kind == "date" else values
    return np.array([known[(len(known) - 1) // 2] if len(known) else values[0]], values.dtype)


def numbers(columns: Columns, feature: Feature) -> np.ndarray:
    """The values (n,) of one feature."""
    values = columns[feature.column].values
    if values.ndim == 1:
        return values
    # A part may have no samples, of which reshape cannot tell how wide they would be.
    return values.reshape(len(values), math.prod(values.shape[1:]))[:, feature.part]


def _ranked(session: Session, known: Sequence[Feature]) -> list[Feature]:
    """The features, from that which tells most about the targets of the training part; equal ones stay in order."""
    return [known[place] for place in once(session, "telling", lambda: _telling(session, known))]


def _telling(session: Session, known: Sequence[Feature]) -> list[int]:
    columns, y = raw_columns(session, "train"), session.parts.train.y
    single = [Column(ColumnSpec(feature.name), numbers(columns, feature)) for feature in known]
    return telling(single, y.reshape(len(y), -1)[:, 0], len(session.parts.spec.classes))
