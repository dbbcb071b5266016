"""What was gathered from a file as columns with types and roles."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from core.datasets._notes import Note
from core.datasets._tables.collect import Numbers
from core.datasets._tables.options import Options
from core.datasets._tables.reading import Gathered, Reader
from core.datasets._tables.refusal import refuse, shown
from core.datasets._tables.roles import Facts, is_id_name, with_roles
from core.datasets._tables.words import CATEGORIES, Words
from core.errors import Problem
from core.preprocessing import Column, Columns, ColumnSpec


def finished(names: Sequence[str], found: Gathered, options: Options, path: Path) -> Columns:
    """The columns in the order of the file. Raises DataError if one cannot be of the type that a person gives."""
    types, facts, values = dict(options.types), list[Facts](), list[np.ndarray]()
    for place, name in enumerate(names):
        wanted = types.get(name, "")
        if place in found.numbers:
            fact, array = _number(name, place, found.numbers[place], wanted)
        elif place in found.dates:
            array = found.dates[place].values()
            missing = int(np.isnat(array).sum())
            fact = Facts(ColumnSpec(name, "date", missing=missing), varies=missing < len(array))
        else:
            fact, array = _words(name, found.words[place], wanted, path)
        facts.append(fact)
        values.append(array)
    return tuple(map(Column, with_roles(facts), values))


def _number(name: str, place: int, numbers: Numbers, wanted: str) -> tuple[Facts, np.ndarray]:
    array = numbers.values(place)
    missing = int(np.isnan(array).sum())
    wholes = numbers.wholes(place) if wanted != "number" else ()
    few = 2 <= len(wholes) <= (len(array) - missing) / 2
    spec = ColumnSpec(name, categories=tuple(map(str, wholes)) if few else (), missing=missing)
    varies = bool(numbers.low[numbers.place(place)] < numbers.high[numbers.place(place)])
    return Facts(spec, varies, not missing and numbers.unique(place)), array


def _words(name: str, words: Words, wanted: str, path: Path) -> tuple[Facts, np.ndarray]:
    if wanted == "category" and words.text:
        raise refuse("categories", path, f'the column "{name}" has more than {CATEGORIES:,} different values, too many '
                     "for categories", "Take it as text, or ignore it.")
    if wanted == "category" or (wanted != "text" and words.categorical):
        categories, codes = words.codes()
        spec = ColumnSpec(name, "category", categories=categories, missing=int((codes < 0).sum()))
        return Facts(spec, len(categories) > 1, words.unique), codes
    texts = words.texts()
    unique = words.unique or (is_id_name(name) and len(set(texts)) == len(texts))
    return Facts(ColumnSpec(name, "text", missing=words.missing), len(words.names) > 1, unique), texts


def notes(path: Path, reader: Reader, found: Gathered, columns: Columns) -> tuple[Note, ...]:
    """Warnings: what was read otherwise than one might think."""
    remarks = []
    for place, odd in sorted(found.odd.items()):
        spec = columns[place].spec
        if spec.kind in ("text", "category"):
            remarks.append(Note(spec.name, spec.role, _warning(
                "mixed", f'{path.name}, {odd.place}: the column "{spec.name}" is taken as {spec.kind}, because '
                f"{shown(odd.value)} does not fit what comes before it.",
                "Mend it, or add it to the words for missing values."),
                "{} are taken as words, because some of their values do not fit what comes before them."))
    for name in getattr(reader, "left_out", ()):
        left = _warning("left_out", f'{path.name}: the column "{name}" cannot be used and is left out, as its values '
                        "are neither numbers nor words.", "Turn it into a plain column if you need it.")
        remarks.append(Note(name, "", replace(left, severity="info"), "{} cannot be used and are left out, as their "
                            "values are neither numbers nor words.", ("",)))
    same = [c.spec for c in columns if c.spec.role == "ignore" and _constant(c)]
    for spec in same:
        remarks.append(Note(spec.name, spec.role, _warning(
            "constant", f'{path.name}: the column "{spec.name}" holds one value only, from which nothing can be '
            "learned.", "Ignore it, or choose other data."),
            "{} hold one value only, from which nothing can be learned.", ("input",)))
    return tuple(remarks)


def _warning(code: str, message: str, hint: str) -> Problem:
    return Problem(f"table.{code}", message, "warning", param="source", hint=hint)


def _constant(column: Column) -> bool:
    if column.spec.kind == "category":
        return len(column.spec.categories) < 2
    if column.spec.kind != "number":
        return False
    present = column.values[~np.isnan(column.values)]
    return not len(present) or bool(present.min() == present.max())
