"""Weights in the format that PyTorch, JAX and Hugging Face read."""
from __future__ import annotations

import json

import numpy as np

from core.graph.document import Document
from core.io import documents
from core.io.exporters._base import Exporter, Weights
from core.io.migrations import VERSION

ALIGNMENT = 8


def encode(weights: Weights, document: Document) -> bytes:
    """Every array under its name; the metadata holds `format`, `version` and the document as JSON, `network`."""
    from safetensors.numpy import save

    metadata = {"format": documents.FORMAT, "version": str(VERSION), "network": documents.dumps(document)}
    # Anything but C-contiguous would be stored in the wrong order without a word.
    return _settled(save({name: np.ascontiguousarray(array) for name, array in weights.items()}, metadata))


def _settled(raw: bytes) -> bytes:
    """The same file with a sorted header: safetensors writes metadata in a new random order each time.

    The format: 8 bytes with the length of the header, little endian; the header, JSON padded with spaces; the numbers.
    """
    end = 8 + int.from_bytes(raw[:8], "little")
    header = json.dumps(json.loads(raw[8:end]), sort_keys=True, separators=(",", ":")).encode()
    header += b" " * (-len(header) % ALIGNMENT)
    return len(header).to_bytes(8, "little") + header + raw[end:]


Exporter(id="safetensors", title="Safetensors weights", suffix=".safetensors", encode=encode)
