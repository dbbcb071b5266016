"""Columns and frames for the tests of statistics."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.preprocessing import Column, ColumnSpec
from core.statistics import Frame, Labels

EMPTY = float("nan")


def number(values: Sequence[float] | np.ndarray, name: str = "x", role: str = "input") -> Column:
    return Column(ColumnSpec(name, role=role), np.asarray(values, np.float32))


def category(codes: Sequence[int], names: str = "abc", name: str = "kind", role: str = "target") -> Column:
    return Column(ColumnSpec(name, "category", role, tuple(names)), np.asarray(codes, np.int32))


def text(values: Sequence[str], name: str = "words") -> Column:
    found = np.empty(len(values), object)
    found[:] = values
    return Column(ColumnSpec(name, "text"), found)


def date(values: Sequence[str], name: str = "day") -> Column:
    return Column(ColumnSpec(name, "date"), np.array(values, "datetime64[us]"))


def labels(codes: Sequence[int], names: str = "abc") -> Labels:
    return Labels("kind", tuple(names), np.asarray(codes, np.intp))


def frame(*columns: Column) -> Frame:
    return Frame("Table", columns, tuple(column.spec.name for column in columns))
