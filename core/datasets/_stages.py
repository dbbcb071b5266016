"""What each step of preprocessing gets to work on."""
from __future__ import annotations

from collections.abc import Iterator

from core.datasets._base import Dataset
from core.datasets._outline import needs_single
from core.datasets._recipe import Recipe
from core.datasets._roles import cut_roles, single
from core.preprocessing import Specs, Step, of_stage


def stages(dataset: Dataset, recipe: Recipe) -> Iterator[tuple[Step, Specs]]:
    """The steps that turn columns into others, each with the input columns that come to it. Raises DataError."""
    steps = of_stage(recipe.steps, "columns")
    if not steps:
        return
    given = dataset.columns()
    columns, _ = cut_roles(single(given) if needs_single(recipe) else given, recipe.uses)
    for step in steps:
        yield step, columns
        columns = step.infer(columns)
