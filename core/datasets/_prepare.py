"""From a data set to what training takes: checked, split and preprocessed."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples, columns_of
from core.datasets._check import check_columns, check_labels, check_samples
from core.datasets._outline import is_table, needs_single, outline
from core.datasets._parting import part as cut_rows
from core.datasets._parting import split_problems
from core.datasets._parts import Parts
from core.datasets._recipe import Recipe
from core.datasets._roles import role_of, single_columns, targets_array
from core.errors import DataError, Problem
from core.preprocessing import Column, Columns, Target, fit, of_stage, rows, specs, unmended

Cut = tuple[Columns, np.ndarray]


def prepare(dataset: Dataset, recipe: Recipe | None = None) -> Parts:
    """Load `dataset`, check it, split it, and preprocess it by what its training part shows.

    Where a data set brings a test part of its own, that is the test part, and `recipe.test` has to be 0. What is
    neither split nor changed is not copied. Raises DataError.
    """
    recipe = recipe or Recipe()
    if problem := next((found for found in split_problems(dataset, recipe) if found.blocks), None):
        raise DataError(problem)
    title, spec = dataset.title, outline(dataset, recipe)
    if problem := needless_test(title, spec, recipe.test):
        raise DataError(problem)
    cuts = _cut(dataset, spec, recipe)
    chain, learn = fit(recipe.steps, cuts[0][0])
    inputs = [learn, *(chain.apply(columns) if len(y) else _no_samples(spec) for columns, y in cuts[1:])]
    target = None if spec.classification else _target(recipe, cuts[0][1])
    samples = [Samples(x, y if target is None else target.apply(y)) for x, (_, y) in zip(inputs, cuts, strict=True)]
    if chain.fitted or target is not None:
        _check_results(title, spec, samples)
    changed = chain.fitted or not _plain(dataset, recipe)
    raw = (cuts[0][0], cuts[1][0], cuts[2][0]) if changed else None
    return Parts(spec, samples[0], samples[1], samples[2], chain, title, raw, target,
                 of_stage(recipe.steps, "training"))


def needless_test(title: str, spec: DataSpec, test: float) -> Problem | None:
    """Why no share `test` of the samples of the data set `title` can be held back, or None if it can."""
    if not test or not spec.held_out:
        return None
    return Problem("data.share", f"{title} brings a test part of its own, so no share of its samples can be held back "
                   "as one.", param="test", hint="Set the test share to 0.")


def _cut(dataset: Dataset, spec: DataSpec, recipe: Recipe) -> tuple[Cut, Cut, Cut]:
    """Input columns and targets of the training, validation and test part, checked, not preprocessed yet."""
    title, ((inputs, y), by) = dataset.title, _loaded(dataset, recipe)
    _check(dataset, title, inputs, y, spec, recipe)
    index = cut_rows(title, y, by, recipe, classes=spec.classification)
    learn, watch, judge = ((rows(inputs, part), y[part]) if len(part) < len(y) else (inputs, y) for part in index)
    for step in of_stage(recipe.steps, "training"):
        if (order := step.order(len(learn[1]))) is not None:
            learn = rows(learn[0], order), learn[1][order]
    if (own := _own(dataset, recipe)) is not None:
        if problem := needless_test(title, replace(spec, held_out=len(own[1])), len(judge[1]) / len(y)):
            raise DataError(replace(problem, param=None, hint="Let no row say test."))
        judge = own
        _check(dataset, f"{title}, test part", *judge, spec, recipe)
    return learn, watch, judge


def _loaded(dataset: Dataset, recipe: Recipe) -> tuple[Cut, Column | None]:
    """Input columns and targets of all samples that are split, and the column that the split goes by."""
    if _plain(dataset, recipe):
        return _as_columns(dataset.load(recipe.seed), dataset.spec()), None
    columns = _kept(dataset.table(recipe.seed), recipe)
    by = next((column for column in columns if column.spec.name == recipe.by), None) if recipe.by else None
    return _sorted_out(columns, recipe), by


def _own(dataset: Dataset, recipe: Recipe) -> Cut | None:
    """Input columns and targets of the test part that comes with the data."""
    if _plain(dataset, recipe):
        own = dataset.held_out(recipe.seed)
        return None if own is None else _as_columns(own, dataset.spec())
    columns = dataset.held_out_table(recipe.seed)
    return None if columns is None else _sorted_out(_kept(columns, recipe), recipe)


def _kept(columns: Columns, recipe: Recipe) -> Columns:
    """The columns, in the roles that they have, with the rows that the steps keep."""
    columns = single_columns(columns) if needs_single(recipe) else columns
    if steps := of_stage(recipe.steps, "rows"):
        columns = tuple(c.with_values(c.values, role=role_of(c.spec, recipe.uses)) for c in columns)
        for step in steps:
            columns = rows(columns, step.keep(columns))
    return columns


def _plain(dataset: Dataset, recipe: Recipe) -> bool:
    """True if samples need not be taken apart to columns."""
    return not is_table(dataset) and not needs_single(recipe) and not of_stage(recipe.steps, "rows")


def _as_columns(samples: Samples, spec: DataSpec) -> Cut:
    return (Column(columns_of(spec)[0], samples.x),), samples.y


def _sorted_out(columns: Columns, recipe: Recipe) -> Cut:
    """Input columns, and what is to be predicted."""
    chosen: dict[str, list[Column]] = {"input": [], "target": [], "ignore": []}
    for column in columns:
        chosen[role_of(column.spec, recipe.uses)].append(column)
    return tuple(chosen["input"]), targets_array(tuple(chosen["target"]))


def _check(dataset: Dataset, title: str, inputs: Columns, y: np.ndarray, spec: DataSpec, recipe: Recipe) -> None:
    if not _plain(dataset, recipe) or any(step.mends for step in recipe.steps):
        check_columns(title, inputs, y, spec, unmended=unmended(recipe.steps, specs(inputs)))
    else:
        check_samples(title, dataset.spec(), Samples(inputs[0].values, y))


def _check_results(title: str, spec: DataSpec, parts: Sequence[Samples]) -> None:
    for name, part in zip(("training", "validation", "test"), parts, strict=True):
        if len(part):
            check_samples(f"{title}, {name} part after preprocessing", spec, part)


def _no_samples(spec: DataSpec) -> np.ndarray:
    return np.empty((0, *spec.shape), np.float32)


def _target(recipe: Recipe, y: np.ndarray) -> Target | None:
    steps = of_stage(recipe.steps, "target")
    return steps[-1].fit_target(y) if steps else None


def one_hot(y: np.ndarray, classes: int) -> np.ndarray:
    """Class numbers (n,) as rows (n, classes) float32 with a single 1. DataError if one is out of range."""
    check_labels("One-hot", y, classes)
    rows = np.zeros((len(y), classes), np.float32)
    rows[np.arange(len(y)), y] = 1.0
    return rows
