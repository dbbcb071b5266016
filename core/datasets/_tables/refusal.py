"""One form for everything that can be wrong with a table file."""
from __future__ import annotations

from pathlib import Path

from core.errors import DataError, Problem

SHOWN = 40


def refuse(code: str, path: Path, what: str, hint: str, place: str = "") -> DataError:
    """The error for a file, and for the `place` in it, such as "line 12"; `what` is the end of the sentence."""
    where = f"{path.name}, {place}: " if place else f"{path.name}: "
    return DataError(Problem(f"table.{code}", f"{where}{what}.", param="source", hint=hint))


def shown(value: str) -> str:
    """A value of a file in quotation marks, in one line and not too long."""
    text = "".join(c if c.isprintable() else " " for c in value[: SHOWN + 1])
    return f'"{text if len(text) <= SHOWN else text[:SHOWN] + "…"}"'
