"""Steps one after another: what they make of columns, fitted to the training part, and applied to any other."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.errors import DataError, Problem
from core.preprocessing._base import Explained, Fitted, Step
from core.preprocessing._columns import Columns, Specs, specs


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reaches the network: the shape of one sample, a name for each number of it if they have names, how many
    words the numbers stand for, if they stand for words, and these words from 0, if they are known."""

    shape: tuple[int, ...]
    features: tuple[str, ...] = ()
    tokens: int = 0
    words: tuple[str, ...] = ()


def infer(steps: Sequence[Step], columns: Specs) -> Outcome:
    """What the steps make of input columns like these. Raises DataError."""
    for step in of_stage(steps, "columns"):
        columns = step.infer(columns)
    return _outcome(columns)


def of_stage(steps: Sequence[Step], stage: str) -> tuple[Step, ...]:
    """The steps of one stage, in their order."""
    return tuple(step for step in steps if step.stage == stage)


def unmended(steps: Sequence[Step], columns: Specs) -> frozenset[str]:
    """The names of the input columns whose missing values would reach the network. Raises DataError."""
    if any(step.mends for step in of_stage(steps, "rows")):
        return frozenset()
    own = frozenset(spec.name for spec in columns)
    columns = tuple(replace(spec, missing=1) for spec in columns)
    for step in of_stage(steps, "columns"):
        columns = step.infer(columns)
    # Words have no missing ones: a text that is empty is an empty sequence.
    left = frozenset(spec.name for spec in columns if spec.missing and not spec.tokens)
    # A column that was made of others does not say of which.
    return left if left <= own else own


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Fitted steps. `inputs` is what `apply` takes: the input columns as the data set gives them."""

    inputs: Specs
    fitted: tuple[Fitted, ...] = ()

    def apply(self, columns: Columns) -> np.ndarray:
        """Samples (n, *shape) float32 for the network. What is not changed by any step is not copied."""
        for fitted in self.fitted:
            columns = fitted.apply(columns)
        return assemble(columns)

    def explain(self) -> tuple[str, ...]:
        """What each step has learned, one line a step, as far as it can tell."""
        return tuple(fitted.explain() for fitted in self.fitted if isinstance(fitted, Explained))


def fit(steps: Sequence[Step], columns: Columns) -> tuple[Chain, np.ndarray]:
    """The steps fitted to the input columns of the training part, and what they make of it. Raises DataError."""
    inputs, fitted = specs(columns), []
    for step in of_stage(steps, "columns"):
        fitted.append(step.fit(columns))
        columns = fitted[-1].apply(columns)
    return Chain(inputs, tuple(fitted)), assemble(columns)


def assemble(columns: Columns) -> np.ndarray:
    """Columns as one array (n, *shape) float32: that of a single column as it is, several side by side."""
    _outcome(specs(columns))
    if len(columns) == 1 and columns[0].spec.shape:
        return np.ascontiguousarray(columns[0].values, np.float32)
    n = len(columns[0])
    x = np.empty((n, sum(column.spec.width for column in columns)), np.float32)
    start = 0
    for column in columns:
        width = column.spec.width
        x[:, start : start + width] = column.values.reshape(n, width)
        start += width
    return x


def _outcome(columns: Specs) -> Outcome:
    if not columns:
        raise DataError(Problem("data.inputs", "No column is left as an input.", param="steps",
                                hint="Make at least one column an input."))
    for spec in columns:
        if spec.kind != "number":
            raise DataError(_unready(spec.name, spec.kind))
    if len(columns) == 1 and columns[0].shape:
        only = columns[0]
        return Outcome(only.shape, only.parts if len(only.shape) == 1 else (), only.tokens, only.words)
    if words := next((spec.name for spec in columns if spec.tokens), None):
        raise DataError(Problem("data.mixed", f'The words of column "{words}" cannot stand beside other columns.',
                                param="steps", hint="Ignore the other columns, or this one."))
    names = [name for spec in columns for name in (spec.names or (f"{spec.name} {i + 1}" for i in range(spec.width)))]
    return Outcome((sum(spec.width for spec in columns),), tuple(names))


def _unready(name: str, kind: str) -> Problem:
    message, hint = {
        "category": (f'Column "{name}" holds categories, and a network takes numbers.',
                     "Add the step One-hot or Ordinal, or ignore the column."),
        "text": (f'Column "{name}" holds text, and a network takes numbers.',
                 "Add the step Words to numbers, or ignore the column."),
        "date": (f'Column "{name}" holds dates, and a network takes numbers.',
                 "Add the step Date parts, or ignore the column."),
    }[kind]
    return Problem(f"data.{kind}", message, param="steps", hint=hint)
