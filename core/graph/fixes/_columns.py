"""Fixes for columns of the data of which a note warns."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from core.datasets import in_force
from core.errors import CoreError
from core.graph.fixes._base import Case, Fix, mends
from core.graph.roles import known_columns, set_role
from core.graph.settings import DataSettings


@mends("table.mixed", "table.constant")
def ignore(case: Case) -> Iterator[Fix]:
    """Without the columns that the warning is about."""
    try:
        data = DataSettings.known(case.doc.data)
        notes = in_force(data.dataset, data.recipe)
    except CoreError:
        return
    names = [note.column for note in notes if note.problem.code == case.problem.code]
    # Not every data set that is read from a table has its columns.
    if names and {spec.name for spec in known_columns(case.doc)}.issuperset(names):
        label = "Ignore the column" if len(names) == 1 else f"Ignore the {len(names):,} columns"
        yield Fix(label, partial(set_role, names=names, role="ignore"))
