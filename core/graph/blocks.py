"""Blocks: parts of a network that are kept, and added to others as a group."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from core.graph import clip, furniture
from core.graph.document import Document, Point
from core.params import EMPTY


def block_of(doc: Document, names: Iterable[str], notes: Iterable[str] = ()) -> Document:
    """These nodes and notes with the wires between them, as a document of its own. Groups in it are left out, as it
    becomes one."""
    return replace(clip.copied(doc, names, notes), groups=EMPTY, extra=EMPTY)


def insert_block(doc: Document, block: Document, title: str, offset: Point) -> tuple[Document, Mapping[str, str]]:
    """The document with a copy of the block in it, shifted, as a group with that title; and the new id of each of its
    nodes. Raises GraphError if the block has no nodes."""
    grown, names = clip.pasted(doc, replace(block, groups=EMPTY), offset)
    return furniture.group(grown, names.values(), title), names
