"""The ways in which a recipe can ask for a training, a validation and a test part."""
from __future__ import annotations

import difflib
import math
import re

import numpy as np

from core.datasets._base import Dataset
from core.datasets._recipe import Recipe
from core.datasets._roles import role_of, single
from core.datasets._split import Cuts, split, split_in_folds, split_in_order
from core.errors import DataError, Problem
from core.preprocessing import Column, ColumnSpec, Specs

PARTS = ("train", "validation", "test")
SPELLINGS = {
    "train": ("train", "training", "trn", "tr", "learn", "learning", "fit"),
    "validation": ("validation", "validate", "valid", "val", "vld", "dev", "devel", "development", "eval",
                   "evaluation", "tune", "tuning"),
    "test": ("test", "testing", "tst", "te", "holdout", "heldout"),
}
PART = {spelling: number for number, part in enumerate(PARTS) for spelling in SPELLINGS[part]}
ENDINGS = ("dataset", "set", "split", "part", "data")
SAY = "Let it say train, validation or test in every row."


def split_problems(dataset: Dataset, recipe: Recipe) -> list[Problem]:
    """What is wrong with how `recipe` splits `dataset`, as far as that is known without its values. Raises DataError.

    Those that block keep the data from being prepared.
    """
    if recipe.split == "folds":
        return [*_fold_problems(dataset, recipe), *_unused(recipe, "validation", "The chosen fold is the validation "
                                                           "part")]
    if recipe.split not in ("ordered", "column"):
        return []
    found = _column_problems(dataset, recipe)
    if recipe.split == "column":
        said = f'Column "{recipe.by}" says which rows are held back' if recipe.by else "A column says what is held back"
        found += [*_unused(recipe, "validation", said), *_unused(recipe, "test", said)]
    return found


def split_columns(dataset: Dataset, recipe: Recipe) -> tuple[str, ...]:
    """The columns by which `recipe` could split, dates and those that name parts first. Raises DataError."""
    title, fit = dataset.title, []
    for spec in single(dataset.columns()):
        wrong = _order_problems(title, spec) if recipe.split == "ordered" else _name_problems(title, spec, recipe)
        if not wrong:
            fit.append(spec)
    return tuple(spec.name for spec in sorted(fit, key=lambda spec: spec.kind not in ("date", "category")))


def part(title: str, y: np.ndarray, by: Column | None, recipe: Recipe, *, classes: bool) -> Cuts:
    """Places of the rows of the three parts, each in ascending order. Raises DataError.

    y are the targets of all rows, class numbers with `classes`; `by` is the column that the split goes by.
    """
    count, labels = len(y), y if classes else None
    # A stream of its own: the data set may have drawn its points from the plain seed.
    rng = np.random.default_rng((recipe.seed, 1))
    if recipe.split == "column":
        assert by is not None
        return _by_name(title, by)
    if recipe.split == "ordered":
        return split_in_order(count, recipe.validation, recipe.test, None if by is None else _keys(title, by))
    if recipe.split == "folds":
        return split_in_folds(count, recipe.folds, recipe.fold, recipe.test, rng, labels)
    return split(count, recipe.validation, recipe.test, rng, labels if recipe.split == "stratified" else None)


def part_of(text: str) -> int | None:
    """0, 1 or 2 for a word that means training, validation or test, None for any other."""
    word = re.sub(r"[\W_]+", "", text.casefold())
    for ending in ENDINGS:
        word = word.removesuffix(ending) or word
    return PART.get(word)


def _fold_problems(dataset: Dataset, recipe: Recipe) -> list[Problem]:
    if recipe.fold > recipe.folds:
        return [Problem("data.fold", f"Fold {recipe.fold} is to be the validation part, but there are only "
                        f"{recipe.folds} folds.", param="fold", hint=f"Choose a fold from 1 to {recipe.folds}.")]
    count = dataset.count()
    left = count - math.floor(count * recipe.test + 0.5)
    if count and left < recipe.folds:
        return [Problem("data.folds", f"There are too few samples for {recipe.folds} folds: {left} are left beside the "
                        "test part.", param="folds", hint="Take fewer folds or more samples.")]
    return []


def _unused(recipe: Recipe, share: str, why: str) -> list[Problem]:
    if not getattr(recipe, share):
        return []
    return [Problem("data.unused", f"{why}: the {share} share has no effect.", "warning", param=share,
                    hint="Set it to 0.")]


def _column_problems(dataset: Dataset, recipe: Recipe) -> list[Problem]:
    if not recipe.by:
        if recipe.split == "ordered":
            return []
        return [_wrong("No column is named that says which part a row belongs to.", "Name a column to split by.")]
    title, columns = dataset.title, single(dataset.columns())
    found = next((spec for spec in columns if spec.name == recipe.by), None)
    if found is None:
        return [_wrong(f'{title}: there is no column "{recipe.by}" to split by.', _others(recipe.by, columns))]
    if recipe.split == "ordered":
        return _order_problems(title, found)
    if [spec for spec in columns if role_of(spec, recipe.roles) == "input"] == [found]:
        return [_wrong(f'{title}: column "{found.name}" is the only input, so it cannot say which part a row belongs '
                       "to.", "Split by another column, or make another column an input.")]
    return _name_problems(title, found, recipe)


def _others(name: str, columns: Specs) -> str:
    names = [spec.name for spec in columns]
    if near := difflib.get_close_matches(name, names, n=1, cutoff=0.5):
        return f'Did you mean "{near[0]}"?'
    return f"Choose one of {', '.join(names[:8])}{', ...' if len(names) > 8 else ''}."


def _order_problems(title: str, spec: ColumnSpec) -> list[Problem]:
    if spec.kind in ("number", "date") and not spec.shape:
        return []
    return [_wrong(f'{title}: column "{spec.name}" holds neither numbers nor dates, so it gives no order.',
                   "Choose a column with numbers or dates, or none for the order of the rows.")]


def _name_problems(title: str, spec: ColumnSpec, recipe: Recipe) -> list[Problem]:
    if role_of(spec, recipe.roles) == "target":
        return [_wrong(f'{title}: column "{spec.name}" is the target, so it cannot say which part a row belongs to.',
                       "Split by another column, or choose another target.")]
    if spec.kind not in ("category", "text"):
        return [_wrong(f'{title}: column "{spec.name}" holds {spec.kind}s instead of the words train, validation or '
                       "test.", "Choose a column with these words.")]
    if (strange := next((name for name in spec.categories if part_of(name) is None), None)) is not None:
        return [_wrong(f'{title}: "{strange[:40]}" in column "{spec.name}" names no part.', SAY)]
    return []


def _keys(title: str, by: Column) -> np.ndarray:
    missing = np.isnat(by.values) if by.spec.kind == "date" else np.isnan(by.values)
    _all_there(title, by, missing, "Add the step Drop rows, or split by another column.")
    return by.values


def _by_name(title: str, by: Column) -> Cuts:
    missing = by.values < 0 if by.spec.kind == "category" else by.values == ""
    _all_there(title, by, missing, SAY)
    if by.spec.kind == "category":
        numbers = np.array([_number(title, by, name) for name in by.spec.categories])[by.values]
    else:
        known = {text: _number(title, by, text) for text in dict.fromkeys(by.values.tolist())}
        numbers = np.array([known[text] for text in by.values.tolist()])
    train, validation, test = (np.flatnonzero(numbers == number) for number in range(len(PARTS)))
    if not len(train):
        raise DataError(_wrong(f'{title}: no row of column "{by.spec.name}" says train, so there is nothing to learn '
                               "from.", SAY))
    return train, validation, test


def _number(title: str, by: Column, text: str) -> int:
    number = part_of(text)
    if number is None:
        raise DataError(_wrong(f'{title}: "{text[:40]}" in column "{by.spec.name}" names no part.', SAY))
    return number


def _all_there(title: str, by: Column, missing: np.ndarray, hint: str) -> None:
    if missing.any():
        raise DataError(_wrong(f'{title}: {int(missing.sum()):,} of {len(missing):,} values of column '
                               f'"{by.spec.name}" are missing, first in row {int(missing.argmax()) + 1:,}, and the '
                               "split goes by it.", hint))


def _wrong(message: str, hint: str) -> Problem:
    return Problem("data.split_column", message, param="split_column", hint=hint)
