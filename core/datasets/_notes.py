"""What there is to know about single columns, told together where it is the same for several."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.datasets._recipe import Recipe
from core.errors import Problem

if TYPE_CHECKING:
    from core.datasets._base import Dataset

NAMED = 3


@dataclass(frozen=True, slots=True)
class Note:
    """A column that was read otherwise than one might think, or from which nothing can be learned.

    `role` is what the column is for until somebody says otherwise, and the note counts while it has one of the roles
    `told`. `problem` says it of this column alone, `several` of some: "{the columns "a", "b"} are left out."
    """

    column: str
    role: str
    problem: Problem
    several: str
    told: tuple[str, ...] = ("input", "target")


def in_force(dataset: Dataset, recipe: Recipe) -> list[Note]:
    """The notes about columns that are used as they should not be without a thought. Raises DataError."""
    return [note for note in dataset.notes() if recipe.uses.get(note.column, note.role) in note.told]


def remarks(dataset: Dataset, recipe: Recipe) -> list[Problem]:
    """One finding for the notes of each kind that are in force. Cheap once files are read. Raises DataError."""
    groups: dict[str, list[Note]] = {}
    for note in in_force(dataset, recipe):
        groups.setdefault(note.problem.code, []).append(note)
    return [notes[0].problem if len(notes) == 1 else _together(dataset.title, notes) for notes in groups.values()]


def _together(title: str, notes: Sequence[Note]) -> Problem:
    names = ", ".join(f'"{note.column}"' for note in notes[:NAMED])
    more = f" and {len(notes) - NAMED:,} more" if len(notes) > NAMED else ""
    return replace(notes[0].problem, message=f"{title}: {notes[0].several.format(f'the columns {names}{more}')}")
