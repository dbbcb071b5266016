"""Weights in the format that PyTorch, JAX and Hugging Face read."""
from __future__ import annotations

import numpy as np

from core.graph.document import Document
from core.io import documents
from core.io.exporters._base import Exporter, Weights
from core.io.migrations import VERSION


def encode(weights: Weights, document: Document) -> bytes:
    """Every array under its name; the metadata holds `format`, `version` and the document as JSON, `network`."""
    from safetensors.numpy import save

    metadata = {"format": documents.FORMAT, "version": str(VERSION), "network": documents.dumps(document)}
    # Anything but C-contiguous would be stored in the wrong order without a word.
    return save({name: np.ascontiguousarray(array) for name, array in weights.items()}, metadata)


Exporter(id="safetensors", title="Safetensors weights", suffix=".safetensors", encode=encode)
