"""Data files that were moved together with the document that names them."""
from __future__ import annotations

import os
import re
from pathlib import Path

from core.datasets import DATASETS
from core.graph.document import Document
from core.graph.edits import set_data
from core.params import Kind
from core.params import Path as PathParam


def beside(doc: Document, file: str | os.PathLike[str]) -> Document:
    """A document that was read from `file`, naming the data that lie beside it where those that it names are gone.

    Looked for are the ends of the path that is named, the longest first: of /old/project/data/table.csv first
    project/data/table.csv beside `file`, then data/table.csv, then table.csv. What is relative is meant from there too.
    """
    source = doc.data.get("source")
    if not isinstance(source, Kind) or source.kind not in DATASETS:
        return doc
    params = DATASETS[source.kind].params
    folder = Path(file).parent
    moved = {name: found for name, value in source.params.items()
             if isinstance(params.get(name), PathParam) and value and (found := _found(str(value), folder))}
    return set_data(doc, {"source": Kind(source.kind, {**source.params, **moved})}) if moved else doc


def _found(value: str, folder: Path) -> str:
    """Where the file lies now, or nothing if it lies where it is said to, or nowhere."""
    try:
        if Path(value).is_absolute() and Path(value).exists():
            return ""
        # The document may come from another system, which writes paths otherwise.
        names = [name for name in re.split(r"[\\/]", value) if name not in ("", ".", "..") and not name.endswith(":")]
        places = (folder.joinpath(*names[start:]) for start in range(len(names)))
        return next((str(place.absolute()) for place in places if place.exists()), "")
    except (OSError, ValueError):
        return ""
