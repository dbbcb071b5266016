"""Opening whatever holds a network: a JSON file or a bundle."""
from __future__ import annotations

import os
from dataclasses import replace

from core.graph.document import Document
from core.io import checkpoints, documents
from core.io.beside import beside
from core.io.bundle import Bundle


def open_document(path: str | os.PathLike[str]) -> Document:
    """The network in a JSON file or in a bundle. Raises FormatError with one sentence that names the file."""
    return open_bundle(path).document


def open_bundle(path: str | os.PathLike[str]) -> Bundle:
    """What a JSON file or a bundle holds; data that were moved together with it are found. Raises FormatError."""
    bundle = checkpoints.read(path) if checkpoints.is_bundle(path) else Bundle(documents.read(path), {}, None)
    return replace(bundle, document=beside(bundle.document, path))
