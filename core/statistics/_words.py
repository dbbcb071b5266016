"""The words that the steps know of the texts of a data set."""
from __future__ import annotations

from collections.abc import Mapping

from core.datasets import Dataset, Recipe, Task, prepare
from core.errors import CoreError
from core.preprocessing import Vocabulary, vocabularies


def known_words(dataset: Dataset, recipe: Recipe, task: Task | None = None) -> Mapping[str, Vocabulary]:
    """By column what the numbers of its words stand for; nothing if no step knows words, or the data are not ready.

    Slow. Raises CancelledError.
    """
    (task or Task()).tell("Learning words")
    if not recipe.steps:
        return {}
    try:
        return vocabularies(prepare(dataset, recipe).chain)
    except CoreError:
        # Why the data are not ready is said where they are set up.
        return {}
