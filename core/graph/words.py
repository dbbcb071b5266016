"""Do layers take the numbers of words as words?"""
from __future__ import annotations

from collections.abc import Mapping

from core.datasets import DataSpec
from core.errors import Problem
from core.graph.document import Document, Edge
from core.layers import Layer

LOOKUP = "embedding"
# Kinds behind which the numbers are still those of words.
HANDING = frozenset({"identity", "linear", "flatten", "reshape", "permute"})


def word_problems(doc: Document, live: tuple[str, ...], layers: Mapping[str, Layer], spec: DataSpec) -> list[Problem]:
    """What does not fit between the words of the data and the layers that get them from an Input."""
    found = []
    for name in live if spec.tokens else ():
        layer = layers[name]
        if layer.role or layer.info.kind in HANDING or first_wire(doc, name, layers) is None:
            continue
        if layer.info.kind != LOOKUP:
            found.append(Problem("words.amounts", f"{layer.info.title} takes the numbers of words for amounts, as if "
                                 "word 8 were twice as much as word 4.", "warning", name,
                                 hint="Put an Embedding behind Input."))
        elif (known := layer.config()["input_dim"]) < spec.tokens:
            found.append(Problem("words.unknown", f"{layer.info.title} knows {known:,} words, but the data has "
                                 f"{spec.tokens:,}.", node=name, param="input_dim",
                                 hint=f"Set its vocabulary to {spec.tokens:,}."))
    return found


def first_wire(doc: Document, name: str, layers: Mapping[str, Layer]) -> Edge | None:
    """The wire from an Input by which samples reach `name` as they are, or None if they do not."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        seen.add(here)
        for port, source in doc.sources(here).items():
            layer = layers.get(source)
            if layer is not None and layer.role == "input":
                return Edge(source, here, port)
            if layer is not None and layer.info.kind in HANDING and source not in seen:
                waiting.append(source)
    return None
