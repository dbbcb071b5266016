"""What a step of preprocessing is, and what it learns from the training part."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol, runtime_checkable

import numpy as np

from core.errors import DataError, Problem
from core.kinds import Catalogued
from core.params import Names
from core.preprocessing._columns import Column, Columns, ColumnSpec, Specs
from core.registry import Registry

Stage = Literal["rows", "columns", "target", "training"]

# So many columns are named where a step says what it has learned.
TOLD = 3

STEPS: Registry[type[Step]] = Registry("preprocessing step")


class Fitted(Protocol):
    """What a step has learned. Changes neither the columns that it gets nor their values."""

    def apply(self, columns: Columns) -> Columns:
        """The columns with the step done, whatever part of the data they are from. Raises DataError."""


@runtime_checkable
class Explained(Fitted, Protocol):
    """A fitted step that can say what it has learned."""

    def explain(self) -> str:
        """What was learned in one line: "Standardise: mean 5.84, deviation 0.83"."""


class Step(Catalogued):
    """One step of preprocessing. `stage` says which of the methods matter:

    - "rows": `keep` chooses rows before the samples are split, without learning anything from them;
    - "columns": `infer` and `fit` turn input columns into other ones;
    - "target": `fit_target` brings numbers to predict to another scale, and predictions back;
    - "training": `order`, `augment` or `class_weights` change how the training part is learned, nothing else.

    `mends` says that no value is missing behind the step.
    """

    catalogue: ClassVar[Registry[type[Step]]] = STEPS
    stage: ClassVar[Stage] = "columns"
    mends: ClassVar[bool] = False

    @property
    def by_name(self) -> bool:
        """True if the step has to see each named number of a sample as a column of its own."""
        return False

    def problems(self, *, classes: int, pictures: bool) -> tuple[Problem, ...]:
        """What does not fit between the step and data with this number of classes (0: numbers to predict).

        `pictures` says whether the samples are pictures behind all steps.
        """
        return ()

    def idle(self, columns: Specs) -> bool:
        """True if a step of stage "columns" changes nothing of such input columns. Raises DataError."""
        return False

    def keep(self, columns: Columns) -> np.ndarray:
        """Places of the rows to go on with (intp). The specs say in which role each column is. Raises DataError."""
        return np.arange(len(columns[0]))

    def infer(self, columns: Specs) -> Specs:
        """What `Fitted.apply` makes of such columns. Raises DataError if they do not fit."""
        return columns

    def fit(self, columns: Columns) -> Fitted:
        """Learn from the input columns of the training part, at least one row. Raises DataError."""
        raise NotImplementedError

    def fit_target(self, y: np.ndarray) -> Target:
        """Learn from targets y (n, k) float32 of the training part. Raises DataError."""
        raise NotImplementedError

    def order(self, n: int) -> np.ndarray | None:
        """The places of the n samples of the training part in another order (n,) intp; None leaves them as they are."""
        return None

    @property
    def augments(self) -> bool:
        """True if `augment` does something."""
        return False

    def augment(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Samples x of one training batch, changed at random: a new array of the same type and shape.

        Pictures come as (n, height, width, channels).
        """
        raise NotImplementedError

    @property
    def weighs(self) -> bool:
        """True if `class_weights` does something."""
        return False

    def class_weights(self, counts: np.ndarray) -> tuple[float, ...]:
        """How much each class counts, given how often each occurs in the training part; empty if all alike.

        Raises DataError.
        """
        return ()


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """y * scale + shift is a target in its own units; scale and shift are float64 of shape (k,).

    With `logarithm` what is scaled is log(1 + target).
    """

    shift: np.ndarray
    scale: np.ndarray
    logarithm: bool = False

    def apply(self, y: np.ndarray) -> np.ndarray:
        """Targets (n, k) as they are trained with, float32; NaN or infinite where there is no logarithm."""
        with np.errstate(all="ignore"):
            y = np.log1p(y.astype(np.float64)) if self.logarithm else y
            scaled: np.ndarray = (y - self.shift) / self.scale
            return scaled.astype(np.float32)

    def undo(self, y: np.ndarray) -> np.ndarray:
        """Predictions (n, k) in the units of the data, float32."""
        with np.errstate(all="ignore"):
            own: np.ndarray = y * self.scale + self.shift
            return (np.expm1(own) if self.logarithm else own).astype(np.float32)


class OnColumns(Step):
    """A step on some columns, each for itself: those that `columns` names, or all that `fits`.

    A subclass says what it learns of one column (`learn`), what it makes of it (`change`), and what that looks like
    (`outcome`). The others stay as they are.
    """

    wants: ClassVar[str] = "numbers"
    columns = Names(default=(), special="all that fit", doc="The columns to change; none named means all that fit.")

    @property
    def by_name(self) -> bool:
        return bool(self.columns)

    def fits(self, spec: ColumnSpec) -> bool:
        """True for a column that the step can work on."""
        return spec.kind == "number" and not spec.tokens

    def learn(self, column: Column) -> object:
        """What is to be known of a column of the training part."""
        return None

    def change(self, column: Column, learned: object) -> Column:
        """The column with the step done."""
        raise NotImplementedError

    def outcome(self, spec: ColumnSpec) -> ColumnSpec:
        """What `change` makes of such a column."""
        return spec

    def told(self, learned: object) -> str:
        """What `learn` found in a few words, or nothing."""
        return ""

    def idle(self, columns: Specs) -> bool:
        return not self.chosen(columns)

    def infer(self, columns: Specs) -> Specs:
        chosen = self.chosen(columns)
        return tuple(self.outcome(spec) if spec.name in chosen else spec for spec in columns)

    def fit(self, columns: Columns) -> Fitted:
        chosen = self.chosen(tuple(column.spec for column in columns))
        return _Each(self, {c.spec.name: self.learn(c) for c in columns if c.spec.name in chosen})

    def chosen(self, columns: Specs) -> frozenset[str]:
        """The names of the columns to work on. Raises DataError for one that is not there or does not fit."""
        known = {spec.name: spec for spec in columns}
        for name in self.columns:
            if name not in known:
                raise DataError(Problem("steps.column", f'{self.info.title}: there is no input column "{name}".',
                                        param="steps", hint="Choose other columns for this step, or remove it."))
            if not self.fits(known[name]):
                raise DataError(Problem("steps.kind", f'{self.info.title}: column "{name}" does not hold {self.wants}.',
                                        param="steps", hint="Choose other columns for this step, or remove it."))
        return frozenset(self.columns or (spec.name for spec in columns if self.fits(spec)))


@dataclass(frozen=True, slots=True, eq=False)
class _Each:
    step: OnColumns
    learned: Mapping[str, object]

    def explain(self) -> str:
        told = [f"{name} {words}" for name, one in self.learned.items() if (words := self.step.told(one))]
        if len(told) == 1 == len(self.learned):
            return f"{self.step.info.title}: {self.step.told(*self.learned.values())}"
        more = f"; and {len(told) - TOLD:,} more" if len(told) > TOLD else ""
        return f"{self.step.info.title}: {'; '.join(told[:TOLD])}{more}" if told else self.step.info.title

    def apply(self, columns: Columns) -> Columns:
        return tuple(self.step.change(c, self.learned[c.spec.name]) if c.spec.name in self.learned else c
                     for c in columns)
