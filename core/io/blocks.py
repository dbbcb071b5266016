"""Blocks in a folder: one file of JSON for each, a document with a name."""
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from core.errors import FormatError, Problem
from core.graph.document import Document
from core.graph.furniture import LONGEST_TITLE
from core.io import atomic, documents
from core.params import EMPTY

NAME = "name"
MOST = 500
_UNFIT = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A kept part of a network. `content` is a document of its nodes, wires and notes."""

    name: str
    path: Path
    content: Document


def read_all(folder: Path) -> tuple[list[Block], list[Path]]:
    """The blocks in a folder by name, and the files that hold none. A folder that is not there is empty."""
    blocks, bad = list[Block](), list[Path]()
    try:
        paths = sorted(folder.glob("*.json"))[:MOST]
    except OSError:
        paths = []
    for path in paths:
        try:
            blocks.append(read(path))
        except FormatError:
            bad.append(path)
    return sorted(blocks, key=lambda block: (block.name.casefold(), block.path.name)), bad


def read(path: Path) -> Block:
    """The block in a file. Raises FormatError."""
    doc = documents.read(path)
    if not doc.nodes:
        raise FormatError(Problem("block.empty", f"{path.name} holds no layers.", hint="Choose a saved block."))
    name = doc.extra.get(NAME)
    title = name.strip()[:LONGEST_TITLE] if isinstance(name, str) else ""
    return Block(title or path.stem, path, replace(doc, extra=EMPTY))


def write(folder: Path, name: str, content: Document) -> Block:
    """Keep a block under a name that is not taken by a file yet. Raises FormatError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FormatError(atomic.unwritable(folder, error)) from None
    return _write(Block(name.strip()[:LONGEST_TITLE], _free(folder, name), content))


def rename(block: Block, name: str) -> Block:
    """Give a block another name; its file stays. Raises FormatError."""
    return _write(replace(block, name=name.strip()[:LONGEST_TITLE]))


def restore(block: Block) -> Block:
    """Write a block that was removed to its file again. Raises FormatError."""
    return _write(block)


def remove(block: Block) -> None:
    """Take the file of a block away. Raises FormatError if that is not possible."""
    try:
        block.path.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FormatError(Problem("file.remove", f"{block.path.name} was not removed: {reason}.",
                                  hint="Check that you may write to its folder.")) from None


def _write(block: Block) -> Block:
    named = replace(block.content, extra=MappingProxyType({NAME: block.name}))
    atomic.write_bytes(block.path, documents.dumps(named).encode())
    return block


def _free(folder: Path, name: str) -> Path:
    stem = _UNFIT.sub("-", name.casefold()).strip("-")[:40] or "block"
    number = 1
    while (path := folder / f"{stem if number == 1 else f'{stem}-{number}'}.json").exists():
        number += 1
    return path
