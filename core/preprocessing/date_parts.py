"""A date as numbers."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Bool
from core.preprocessing._base import OnColumns
from core.preprocessing._columns import Column, ColumnSpec

# How many of each go round, and at which number they begin.
ROUND = {"month": (12, 1), "weekday": (7, 0), "hour": (24, 0)}

MICROSECONDS = 3_600_000_000.0


class DateParts(OnColumns):
    """Year, month, day, weekday and hour of a date, as far as they are chosen; missing dates give missing numbers.

    Months count from 1, weekdays from 0, Monday; hours have fractions. What comes round again is a point on a circle,
    sine and cosine, so that December lies beside January, unless `circles` is off.
    Shapes: (n,) -> (n, k). Source: ISO 8601 (calendar); Mardia & Jupp 2000, Directional statistics (circles).
    """

    info = Info("date_parts", "Date parts", "Year, month, day, weekday and hour of a date", "Encode", "step-date",
                keywords=("datetime", "calendar", "time", "season", "weekday"))
    wants = "dates"
    year = Bool(default=True, doc="Give the year.")
    month = Bool(default=True, doc="Give the month.")
    day = Bool(default=True, doc="Give the day of the month.")
    weekday = Bool(default=False, doc="Give the day of the week.")
    hour = Bool(default=False, doc="Give the time of day in hours.")
    circles = Bool(default=True, doc="Month, weekday and hour as points on a circle.")

    def fits(self, spec: ColumnSpec) -> bool:
        return spec.kind == "date"

    def outcome(self, spec: ColumnSpec) -> ColumnSpec:
        names = [f"{spec.name} {part}" for part in self._parts()]
        if not names:
            raise DataError(Problem("steps.nothing", f"{self.info.title}: no part of the date is chosen.",
                                    param="steps", hint="Turn on at least one part, or drop the column."))
        return replace(spec, kind="number", shape=(len(names),), parts=tuple(names))

    def change(self, column: Column, learned: object) -> Column:
        dates, spec = column.values.astype("datetime64[us]"), self.outcome(column.spec)
        numbers = np.empty((len(dates), spec.width), np.float32)
        place = 0
        for name in self._chosen():
            values = _number(dates, name)
            if self.circles and name in ROUND:
                length, start = ROUND[name]
                angle = 2.0 * np.pi * (values - start) / length
                numbers[:, place], numbers[:, place + 1] = np.sin(angle), np.cos(angle)
                place += 2
            else:
                numbers[:, place] = values
                place += 1
        numbers[np.isnat(dates)] = np.nan
        return Column(spec, numbers)

    def _chosen(self) -> list[str]:
        return [name for name in ("year", "month", "day", "weekday", "hour") if getattr(self, name)]

    def _parts(self) -> list[str]:
        found: list[str] = []
        for name in self._chosen():
            found += [f"{name} sin", f"{name} cos"] if self.circles and name in ROUND else [name]
        return found


def _number(dates: np.ndarray, name: str) -> np.ndarray:
    """One part of dates (n,) datetime64[us], float64; of missing ones any number."""
    days = dates.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    if name == "year":
        found = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    elif name == "month":
        found = months.astype(np.int64) % 12 + 1
    elif name == "day":
        found = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    elif name == "weekday":
        # The first day of 1970 was a Thursday.
        found = (days.astype(np.int64) + 3) % 7
    else:
        found = (dates - days.astype("datetime64[us]")).astype(np.int64) / MICROSECONDS
    return np.asarray(found, np.float64)
