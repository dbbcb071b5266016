"""Columns from elsewhere brought to the form that a network was trained on."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from core.errors import DataError, Problem
from core.preprocessing import Column, Columns, ColumnSpec, Specs


def match(columns: Columns, wanted: Specs) -> Columns:
    """The `wanted` input columns, by name, taken from `columns`, which may hold others, too.

    Categories are recoded; one that was never seen counts as missing. A sample that is a single array is taken as it
    is, or put together from named columns, or from as many number columns as it has numbers. Raises DataError naming
    the column that is not there or is of another kind.
    """
    there = {column.spec.name: column for column in columns}
    return tuple(_one(spec, there, columns) for spec in wanted)


def typed(values: Mapping[str, Any], wanted: Specs) -> Columns:
    """One sample that somebody typed: a number, a word, a text or an array for each of the `wanted` columns by name.

    Whatever is missing, empty or None counts as a missing value. Raises DataError naming what cannot be read.
    """
    return tuple(Column(spec, _value(spec, values.get(spec.name))) for spec in wanted)


def _one(spec: ColumnSpec, there: Mapping[str, Column], every: Columns) -> Column:
    if spec.name in there:
        return _recast(there[spec.name], spec)
    lacking = next((name for name in spec.names if name not in there), "")
    if lacking and (not spec.shape or any(name in there for name in spec.parts)):
        raise DataError(Problem("predict.column", f'There is no column "{lacking}".',
                                hint=f"Give a file with the columns that the network was trained on, {lacking} too."))
    if spec.parts and not lacking:
        plain = [_recast(there[name], ColumnSpec(name)).values for name in spec.parts]
        return Column(spec, np.column_stack(plain).astype(np.float32))
    return Column(spec, _put_together(spec, every))


def _put_together(spec: ColumnSpec, every: Columns) -> np.ndarray:
    """An array of samples without names of its own: from a single array, or from number columns side by side."""
    if len(every) == 1 and every[0].spec.width == spec.width:
        return every[0].values.reshape(-1, *spec.shape).astype(np.float32)
    numbers = [column.values for column in every if column.spec.kind == "number" and not column.spec.shape]
    if len(numbers) != spec.width:
        shape = " × ".join(map(str, spec.shape))
        raise DataError(Problem("predict.shape", f"A sample of the network has {spec.width:,} numbers ({shape}), but "
                                f"there are {len(numbers):,} columns of numbers.",
                                hint="Give data of the same form as the network was trained on."))
    return np.column_stack(numbers).reshape(-1, *spec.shape).astype(np.float32)


def _recast(column: Column, wanted: ColumnSpec) -> Column:
    """The column as one of the wanted kind."""
    have = column.spec.kind
    if wanted.kind == "category":
        return Column(wanted, _recoded(_words(column), wanted.categories))
    if wanted.kind == "text":
        return Column(wanted, np.array([word or "" for word in _words(column)], object))
    if have != wanted.kind or column.spec.shape != wanted.shape:
        raise DataError(Problem("predict.kind", f'Column "{wanted.name}" holds {_plural(have)}, but the network was '
                                f"trained on {_plural(wanted.kind)}.", hint="Mend the column, or give another file."))
    return Column(wanted, column.values)


def _plural(kind: str) -> str:
    return {"number": "numbers", "category": "categories", "text": "text", "date": "dates"}[kind]


def _words(column: Column) -> Sequence[str | None]:
    """The values as words, None where one is missing."""
    values, names = column.values, column.spec.categories
    if column.spec.kind == "category":
        return [names[code] if code >= 0 else None for code in values]
    if column.spec.kind == "number":
        return [None if np.isnan(value) else f"{value:g}" for value in values]
    return [str(value) or None for value in values]


def _recoded(words: Sequence[str | None], categories: tuple[str, ...]) -> np.ndarray:
    place = {name: code for code, name in enumerate(categories)}
    return np.array([place.get(word, -1) if word is not None else -1 for word in words], np.int32)


def _value(spec: ColumnSpec, value: Any) -> np.ndarray:
    """One value as a column of one row."""
    if spec.kind == "category":
        return _recoded([None if value in (None, "") else str(value)], spec.categories)
    if spec.kind == "text":
        return np.array(["" if value is None else str(value)], object)
    try:
        if spec.kind == "date":
            return np.array([value or "NaT"], "datetime64[us]")
        if value is None or (isinstance(value, str) and not value.strip()):
            return np.full((1, *spec.shape), np.nan, np.float32)
        return np.asarray(value, np.float32).reshape(1, *spec.shape)
    except ValueError:
        wanted = "a date such as 2024-05-31" if spec.kind == "date" else "a number"
        raise DataError(Problem("predict.value", f'Column "{spec.name}": {wanted} is wanted, got "{str(value)[:40]}".',
                                hint="Type it anew.")) from None
