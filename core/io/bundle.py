"""What a bundle holds, without what reads and writes it: the window knows it from the start."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.graph.document import Document
from core.layers import Array
from core.train.memory import Memory

SUFFIX = ".loom"


@dataclass(frozen=True)
class Bundle:
    """What a file holds. `memory` is None, and there are no weights, if it holds a network alone."""

    document: Document
    weights: Mapping[str, Array]
    memory: Memory | None
    dtype: str = "float32"
