"""Columns of every kind, and data made of them."""
from __future__ import annotations

import numpy as np

from core.datasets import TableDataset
from core.kinds import Info
from core.preprocessing import STEPS, Column, ColumnSpec, specs

COLOURS = ("blue", "green", "red")
WORDS = ("the cat sat on the mat", "a dog ran", "", "the dog sat", "a cat and a dog")


def column(name, kind, values, **spec):
    return Column(ColumnSpec(name, kind, **spec), values)


def columns(n=40, seed=0, *, gaps=True):
    """A table of n rows with inputs of all kinds, of which some values are missing, and two targets."""
    rng = np.random.default_rng(seed)
    numbers = rng.gamma(2.0, 3.0, (4, n)).astype(np.float32)
    wide = rng.random((n, 3)).astype(np.float32)
    codes = rng.integers(0, 3, n).astype(np.int32)
    dates = np.datetime64("2019-11-03T04:30", "us") + rng.integers(0, 10**6, n) * np.timedelta64(61, "s")
    texts = np.array([WORDS[i] for i in rng.integers(0, len(WORDS), n)], object)
    if gaps:
        numbers[1, 1::5] = wide[2::7, 1] = np.nan
        codes[3::6] = -1
        dates[4::9] = np.datetime64("NaT")
    return (
        column("plain", "number", numbers[0]),
        column("gappy", "number", numbers[1], missing=int(np.isnan(numbers[1]).sum())),
        column("same", "number", np.full(n, 3.0, np.float32)),
        column("wide", "number", wide, shape=(3,), parts=("w1", "w2", "w3"), missing=int(np.isnan(wide).any(1).sum())),
        column("colour", "category", codes, categories=COLOURS, missing=int((codes < 0).sum())),
        column("when", "date", dates.astype("datetime64[us]"), missing=int(np.isnat(dates).sum())),
        column("said", "text", texts),
        column("label", "category", np.arange(n, dtype=np.int32) % 2, role="target", categories=("no", "yes")),
        column("price", "number", numbers[2] * 100, role="target"),
    )


def named(table, *names):
    return tuple(c for c in table if c.spec.name in names)


def inputs(table):
    return tuple(c for c in table if c.spec.role == "input")


class Rows(TableDataset):
    """The columns that it is given."""

    def __init__(self, table):
        super().__init__()
        self._table = table

    def count(self):
        return len(self._table[0])

    def columns(self):
        return specs(self._table)

    def table(self, seed):
        return self._table


# Given afterwards, because a kind that is declared with its info enters the catalogue.
Rows.info = Info("rows", "Rows", "Given columns", category="Test")

# Parameters that make a step do something, where those that it starts with do not.
PARAMS = {"drop_columns": {"columns": ["plain"]}}


def step(kind, **params):
    return STEPS[kind](**{**PARAMS.get(kind, {}), **params})


def fitting(kind, table=None):
    """The input columns of the table that this step of stage "columns" can work on."""
    table = inputs(table or columns())
    made = step(kind)
    if kind == "plane_features":
        return named(table, "plain", "gappy")
    if not hasattr(made, "fits"):
        return named(table, "plain", "gappy", "same")
    return tuple(c for c in table if made.fits(c.spec))


COLUMN_STEPS = [kind for kind, made in STEPS.items() if made.stage == "columns"]
AUGMENTATIONS = [kind for kind, made in STEPS.items() if made().augments]
