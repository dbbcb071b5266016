"""Opening whatever holds a network: a JSON file or a bundle."""
from __future__ import annotations

import os

from core.graph.document import Document
from core.io import checkpoints, documents


def open_document(path: str | os.PathLike[str]) -> Document:
    """The network in a JSON file or in a bundle. Raises FormatError with one sentence that names the file."""
    return checkpoints.read(path).document if checkpoints.is_bundle(path) else documents.read(path)
