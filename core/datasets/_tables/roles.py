"""What each column is likely for: to predict, to predict from, or neither."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.preprocessing import ColumnSpec, Specs

TARGETS = ("target", "label", "labels", "class", "y", "species", "outcome", "output", "result", "category", "diagnosis",
           "quality", "survived", "sentiment", "digit", "price")
IDS = frozenset({"id", "ids", "index", "idx", "row", "rowid", "no", "nr", "number", "key", "uuid", "guid", "name",
                 "unnamed: 0", "column 1"})
ENDS = ("_id", "_no", "_nr", "_number", "_key", "nummer")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a column beside its spec: do its values differ at all, and is each there once only?"""

    spec: ColumnSpec
    varies: bool
    unique: bool = False


def is_id_name(name: str) -> bool:
    """True for a name such as people give to the number of a row."""
    plain = name.lower().replace("-", "_").replace(" ", "_")
    ends = plain.rstrip(".").endswith(ENDS) or re.search(r"[a-z0-9](Id|ID)$", name) is not None
    return name.lower() in IDS or plain.startswith(("unnamed", "id_")) or bool(ends)


def with_roles(columns: Sequence[Facts]) -> Specs:
    """The columns with a role each; at most one is the target."""
    able = [_able(column) for column in columns]
    target = _target(columns, able)
    plain = any(fit and place != target for place, fit in enumerate(able))
    return tuple(replace(column.spec, role="target" if place == target else
                         "input" if able[place] or (_reads(column) and not plain) else "ignore")
                 for place, column in enumerate(columns))


def _able(column: Facts) -> bool:
    """True if a network can do something with the column as it is."""
    named = column.unique and is_id_name(column.spec.name)
    return column.varies and column.spec.kind in ("number", "category") and not named


def _reads(column: Facts) -> bool:
    """True for words to learn from."""
    return column.varies and column.spec.kind == "text" and not (column.unique and is_id_name(column.spec.name))


def _target(columns: Sequence[Facts], able: Sequence[bool]) -> int:
    """The place of the column to predict, or -1."""
    names = [column.spec.name.lower() for column in columns]
    for wanted in TARGETS:
        if wanted in names and able[names.index(wanted)]:
            return names.index(wanted)
    # One column alone is rather what to predict from.
    last = max((place for place, fit in enumerate(able) if fit), default=-1)
    others = any(fit or _reads(column) for place, (column, fit) in enumerate(zip(columns, able, strict=True))
                 if place != last)
    return last if others else -1
