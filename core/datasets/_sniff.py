"""Which data set a file or folder is for."""
from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType

from core.datasets._base import DATASETS
from core.errors import DataError, Problem
from core.params import Kind


def source_for(path: str | os.PathLike[str]) -> Kind:
    """The kind of data set that reads this file or folder, with its parameters. Raises DataError if none does."""
    place = Path(path)
    try:
        there = place.exists()
    except (OSError, ValueError):
        there = False
    if not there:
        raise DataError(Problem("data.path", f"There is no file or folder {place}.", param="source",
                                hint="Check the name."))
    for kind, dataset in DATASETS.items():
        if (params := dataset.takes(place)) is not None:
            return Kind(kind, MappingProxyType(dataset(**params).config()))
    what = "folder" if place.is_dir() else "file"
    hint = "A folder is to hold a folder of pictures or of texts for each class." if place.is_dir() else \
        "Tables (CSV, Excel, Parquet, JSON lines), NumPy arrays and pictures can be read."
    raise DataError(Problem("data.kind", f"The {what} {place.name} holds nothing that can be read as data.",
                            param="source", hint=hint))
