"""What the samples of a part look like to people: pictures, texts, series or rows of values."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.preprocessing import Column, ColumnSpec
from core.statistics import brightness, evenly, pictures_in, series_in, telling
from core.train.cached import once
from core.train.sampling import raw_columns

if TYPE_CHECKING:
    from core.train.session import Session

Look = Literal["pictures", "texts", "series", "rows"]
LOOKED_AT = 2000
# So many columns are all in sight at once.
FEW = 3


@dataclass(frozen=True, slots=True, eq=False)
class Gallery:
    """The samples of a part by number, as the data set gives them. Nothing in it may be changed.

    By `look`: pictures (n, height, width) or (n, height, width, 3), with `limits` for black and white; series
    (n, time, channels); `text(number)`; or `columns` of single values, of more than FEW those first that tell most
    about the target.
    """

    look: Look
    pictures: np.ndarray | None = None
    limits: tuple[float, float] = (0.0, 1.0)
    series: np.ndarray | None = None
    words: Column | None = None
    columns: tuple[Column, ...] = ()

    def text(self, number: int) -> str:
        """A sample that is a text, or a row of words that are numbers; padding before and behind is left out."""
        assert self.words is not None
        value = self.words.values[number]
        if self.words.spec.kind == "text":
            return str(value)
        return self.words.spec.spelled(np.trim_zeros(np.ravel(value)))

    def row(self, number: int) -> tuple[tuple[str, str], ...]:
        """Names and values of a sample that is a row."""
        return tuple((column.spec.name, written(column, number)) for column in self.columns)


def gallery(session: Session, part: str) -> Gallery:
    """What the samples of a part look like; always the same object for a session."""
    return once(session, ("gallery", part), lambda: _made(session, part))


def _made(session: Session, part: str) -> Gallery:
    columns = raw_columns(session, part)
    for column in columns:
        if column.spec.kind == "number" and not column.spec.tokens:
            pictures = pictures_in(column, session.parts.spec.picture)
            if pictures is not None:
                return Gallery("pictures", pictures=pictures, limits=brightness(pictures))
    for column in columns:
        if (column.spec.kind == "text" and not column.spec.shape) or column.spec.tokens:
            return Gallery("texts", words=column)
    for column in columns:
        if column.spec.kind == "number" and (series := series_in(column)) is not None:
            return Gallery("series", series=series)
    return Gallery("rows", columns=_by_telling(session, part))


def _by_telling(session: Session, part: str) -> tuple[Column, ...]:
    singles = [one for column in raw_columns(session, part) for one in apart(column)]
    if len(singles) <= FEW:
        return tuple(singles)
    learned = [one for column in raw_columns(session, "train") for one in apart(column)]
    rows = evenly(len(session.parts.train), LOOKED_AT)
    target = session.parts.train.y[rows]
    classes = len(session.parts.spec.classes)
    first = target if classes else target.reshape(len(rows), -1)[:, 0].astype(np.float64)
    order = telling([column.take(rows) for column in learned], first, classes)
    return tuple(singles[place] for place in order)


def apart(column: Column) -> list[Column]:
    """A column of vectors as single columns that share its numbers."""
    spec = column.spec
    if not spec.shape:
        return [column]
    values = column.values.reshape(len(column), -1)
    names = spec.parts if len(spec.parts) == values.shape[1] else _numbered(spec, values.shape[1])
    return [Column(replace(spec, name=name, shape=(), parts=()), values[:, i]) for i, name in enumerate(names)]


def _numbered(spec: ColumnSpec, count: int) -> tuple[str, ...]:
    return tuple(f"{spec.name}{i + 1}" for i in range(count))


def written(column: Column, number: int) -> str:
    """One value in words; nothing where it is missing."""
    value, spec = column.values[number], column.spec
    if spec.kind == "category":
        return spec.categories[value] if value >= 0 else ""
    if spec.kind == "date":
        return "" if np.isnat(value) else str(value)[:10]
    if spec.kind == "text":
        return str(value)
    return _plain(float(value)) if np.isfinite(value) else ""


def _plain(value: float) -> str:
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e6 else f"{value:.3g}"
