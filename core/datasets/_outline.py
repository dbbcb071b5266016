"""What a network gets to see of a data set, worked out without looking at a single sample."""
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.datasets._lacking import lacking
from core.datasets._recipe import Recipe
from core.datasets._roles import cut_roles, single
from core.errors import DataError, Problem
from core.preprocessing import Specs, infer, of_stage

if TYPE_CHECKING:
    from core.datasets._base import Dataset, DataSpec


def outline(dataset: Dataset, recipe: Recipe) -> DataSpec:
    """What `prepare` will give. Fast; reads nothing large. Raises DataError."""
    if not is_table(dataset) and not recipe.roles and not recipe.by and not of_stage(recipe.steps, "columns"):
        return dataset.spec()
    from core.datasets._base import DataSpec

    given = dataset.columns()
    inputs, targets = cut_roles(single(given) if needs_single(recipe) else given, recipe.uses)
    outcome = infer(recipe.steps, inputs)
    if problem := lacking(dataset.title, recipe.steps, inputs, targets):
        raise DataError(problem)
    own = DataSpec((), samples=dataset.count()) if is_table(dataset) else dataset.spec()
    spec = DataSpec(outcome.shape, outcome.features, tokens=outcome.tokens, words=outcome.words, samples=own.samples,
                    held_out=own.held_out, picture=own.picture if own.shape == outcome.shape else None)
    return _aimed(spec, targets, dataset.title)


def inputs(dataset: Dataset, recipe: Recipe) -> Specs:
    """The input columns that preprocessing begins with: what `Parts.chain.inputs` will be. Raises DataError."""
    given = dataset.columns()
    return cut_roles(single(given) if needs_single(recipe) else given, recipe.uses)[0]


def is_table(dataset: Dataset) -> bool:
    """True if the data set is made of columns of several types."""
    return getattr(dataset, "tabular", False)


def needs_single(recipe: Recipe) -> bool:
    """True if numbers that lie side by side must become columns of their own: somebody calls them by name."""
    return bool(recipe.roles or recipe.by) or any(step.by_name for step in recipe.steps)


def _aimed(spec: DataSpec, targets: Specs, title: str) -> DataSpec:
    """The spec with what is to be predicted."""
    names = tuple(target.name for target in targets)
    if not targets:
        raise DataError(Problem("data.target", f"{title}: no column is the target.", param="source",
                                hint="Give the column to predict the role Target."))
    if len(targets) == 1 and targets[0].categories:
        if len(targets[0].categories) < 2:
            raise DataError(Problem("data.classes", f'{title}: the target "{names[0]}" has one class only.',
                                    param="source", hint="Choose another column as the target."))
        return replace(spec, classes=targets[0].categories, target_names=names)
    for target in targets:
        if target.shape or (target.kind != "number" and len(target.categories) != 2):
            raise DataError(_unfit(title, target.name, several=len(targets) > 1))
    several = all(len(target.categories) == 2 for target in targets)
    return replace(spec, targets=len(targets), target_names=names, multi_label=several)


def _unfit(title: str, name: str, *, several: bool) -> Problem:
    why = " beside others: it holds neither numbers nor two classes" if several else \
        ": it holds neither numbers nor classes"
    return Problem("data.target", f'{title}: the column "{name}" cannot be predicted{why}.', param="source",
                   hint="Choose another target.")
