"""What an exporter is: it turns trained weights, with their document, into one file."""
from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.graph.document import Document
from core.io import atomic
from core.layers import Array
from core.registry import Registry

Weights = Mapping[str, Array]


@dataclass(frozen=True, kw_only=True)
class Exporter:
    """The declaration. `suffix` begins with a dot; `encode` gives the content of the file.

    Weights are arrays by "node.name", for example "hidden.W" of shape (f, units).
    """

    id: str
    title: str
    suffix: str
    encode: Callable[[Weights, Document], bytes]

    def __post_init__(self) -> None:
        EXPORTERS.add(self.id, self)

    def write(self, path: str | os.PathLike[str], weights: Weights, document: Document) -> None:
        """Write the file; one that was there stays whole until then. Raises FormatError saying why it failed."""
        atomic.write_bytes(path, self.encode(weights, document))


EXPORTERS: Registry[Exporter] = Registry("export format")
