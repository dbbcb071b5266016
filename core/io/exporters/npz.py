"""Weights in NumPy's own format."""
from __future__ import annotations

import io

import numpy as np

from core.graph.document import Document
from core.io.exporters._base import Exporter, Weights


def encode(weights: Weights, document: Document) -> bytes:
    """A zip archive with one .npy file for every array; read it with `numpy.load(path, allow_pickle=False)`."""
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **weights)
    return buffer.getvalue()


Exporter(id="npz", title="NumPy weights", suffix=".npz", encode=encode)
