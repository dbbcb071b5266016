"""Which columns a network gets, and which it is to predict."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from core.errors import DataError, Problem
from core.preprocessing import Column, Columns, ColumnSpec, Specs

ROLES = {"input": "Input", "target": "Target", "ignore": "Ignore"}


def single(columns: Specs) -> Specs:
    """The columns with those taken apart whose numbers have names."""
    return tuple(one for spec in columns for one in _apart(spec))


def _apart(spec: ColumnSpec) -> Specs:
    if len(spec.shape) != 1 or not spec.parts:
        return (spec,)
    # In which of them values are missing is not known.
    return tuple(replace(spec, name=name, shape=(), parts=(), missing=0) for name in spec.parts)


def single_columns(columns: Columns) -> Columns:
    """The columns with those taken apart whose numbers have names, without copying."""
    found: list[Column] = []
    for column in columns:
        names = _apart(column.spec)
        many = len(names) > 1 or names[0] is not column.spec
        found += [Column(spec, column.values[:, i]) for i, spec in enumerate(names)] if many else [column]
    return tuple(found)


def role_of(spec: ColumnSpec, roles: Mapping[str, str]) -> str:
    """What a column is for."""
    return roles.get(spec.name, spec.role)


def cut_roles(columns: Specs, roles: Mapping[str, str]) -> tuple[Specs, Specs]:
    """Inputs and targets. Raises DataError if nothing is left as an input."""
    inputs = tuple(spec for spec in columns if role_of(spec, roles) == "input")
    if not inputs:
        raise DataError(Problem("data.inputs", "No column is left as an input.", param="roles",
                                hint="Make at least one column an input."))
    return inputs, tuple(spec for spec in columns if role_of(spec, roles) == "target")


def targets_array(targets: Columns) -> np.ndarray:
    """What is to be predicted: class numbers (n,) intp of one category, or numbers (n, k) float32."""
    if len(targets) == 1 and targets[0].spec.categories:
        return codes(targets[0])
    # Few whole numbers beside others are numbers to predict, unless all columns are yes or no.
    answers = all(len(target.spec.categories) == 2 for target in targets)
    wide = [_counted(t) if answers or t.spec.kind == "category" else t.values for t in targets]
    return np.column_stack(wide).astype(np.float32)


def _counted(column: Column) -> np.ndarray:
    """The places of the values among the categories as numbers (n,), NaN where one is missing."""
    found = codes(column)
    return np.where(found < 0, np.nan, found)


def codes(column: Column) -> np.ndarray:
    """The places of the values among the categories (n,) intp, -1 where one is missing. Numbers are looked up."""
    if column.spec.kind == "category":
        return column.values.astype(np.intp)
    known = np.array([float(name) for name in column.spec.categories])
    order = np.argsort(known)
    place = np.clip(np.searchsorted(known, column.values, sorter=order), 0, len(known) - 1)
    found = order[place]
    return np.where(known[found] == column.values, found, -1).astype(np.intp)
