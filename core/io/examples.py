"""The networks that ship: one JSON file each in resources/examples, the simplest first."""
from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from pathlib import Path

import resources
from core.errors import FormatError, Problem
from core.graph.document import Document
from core.io import documents

FOLDER = Path(resources.__file__).parent / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """A network that ships. `id` is the name of its file, `summary` one sentence on what it shows."""

    id: str
    title: str
    summary: str
    path: Path


def load(name: str) -> Document:
    """The document of an example. Raises FormatError if there is no such example."""
    if name not in EXAMPLES:
        near = difflib.get_close_matches(name, EXAMPLES, n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]!r}?" if near else f"There are {', '.join(EXAMPLES)}."
        raise FormatError(Problem("example.unknown", f"There is no example {name!r}.", hint=hint))
    return documents.read(EXAMPLES[name].path)


def _found() -> dict[str, Example]:
    """Every example by its id, in the order in which they are to be met."""
    abouts = {path: json.loads(path.read_bytes())["about"] for path in FOLDER.glob("*.json")}
    in_order = sorted(abouts, key=lambda path: (abouts[path]["order"], path.stem))
    return {p.stem: Example(p.stem, abouts[p]["title"], abouts[p]["summary"], p) for p in in_order}


EXAMPLES: dict[str, Example] = _found()
