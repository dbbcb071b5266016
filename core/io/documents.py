"""Documents as JSON: UTF-8, sorted keys, two spaces, one edge a line."""
from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.errors import FormatError, Problem
from core.graph.document import Document, Edge, Node, Point
from core.graph.settings import DataSettings, TrainingSettings
from core.io import atomic
from core.io.decode import decode
from core.io.migrations import VERSION
from core.io.parse import parse
from core.layers import LAYERS

FORMAT = "layerloom"

LARGEST = 32 * 2**20
FLAGS = ("bypassed", "frozen", "neurons")
# Numbers in a list that stands in a list itself, such as a drawn point: they share a line.
ROW = re.compile(r"^( *)\[\n((?: *-?\d[\d.eE+-]*,?\n)+) *\]", re.MULTILINE)

def read(path: str | os.PathLike[str]) -> Document:
    """The document in a file. Raises FormatError with one sentence that names the file and the place in it."""
    file = Path(path)
    try:
        with file.open("rb") as stream:
            # Not by the size that the system tells: devices and pipes have none.
            raw = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FormatError(Problem("file.read", f"{file.name} cannot be read: {reason}.",
                                  hint="Check that it is there and that you may read it.")) from None
    if len(raw) > LARGEST:
        large = f"{file.name} is too large for a network: it has more than {LARGEST // 2**20} MB."
        raise FormatError(Problem("file.size", large, hint="Choose a network saved by Layerloom."))
    return loads(raw, file.name)

def loads(text: str | bytes, name: str = "The text") -> Document:
    """The document that `text` describes; `name` is how messages call it. Raises FormatError."""
    return decode(parse(text, name), name)

def write(doc: Document, path: str | os.PathLike[str]) -> None:
    """Save. The old file stays whole until the new one is complete. Raises FormatError."""
    atomic.write_bytes(path, dumps(doc).encode())

def dumps(doc: Document) -> str:
    """The document as JSON text. Equal documents give equal text."""
    body = {"data": DataSettings.plain(doc.data), "nodes": {k: _node(n) for k, n in doc.nodes.items()},
            "training": TrainingSettings.plain(doc.training), **_furniture(doc), **doc.extra}
    lines = ["{", f'  "format": "{FORMAT}",', f'  "version": {VERSION},']
    members = {key: _indented(value) for key, value in body.items()} | {"edges": _edges(doc)}
    lines.append(",\n".join(f"  {json.dumps(key)}: {members[key]}" for key in sorted(members)))
    text = "\n".join([*lines, "}", ""])
    # Half a surrogate pair has no UTF-8, but JSON has an escape for it, which looks like Python's.
    return text.encode("utf-8", "backslashreplace").decode()

def _node(node: Node) -> dict[str, Any]:
    params: Mapping[str, Any] = node.params
    if node.kind in LAYERS:
        params = LAYERS[node.kind].plain(params)
    optional: dict[str, Any] = {"title": node.title} if node.title else {}
    optional |= {name: True for name in FLAGS if getattr(node, name)}
    return {"kind": node.kind, "params": dict(params), "position": [_short(v) for v in node.position],
            "version": node.version, **optional, **node.extra}

def _furniture(doc: Document) -> dict[str, Any]:
    """Notes and groups, as far as there are any."""
    notes = {k: {"text": n.text, "position": [_short(v) for v in n.position], "size": [_short(v) for v in n.size],
                 "colour": n.colour} for k, n in doc.notes.items()}
    groups = {k: {"title": g.title, "members": sorted(g.members), "colour": g.colour,
                  **({"collapsed": True} if g.collapsed else {})} for k, g in doc.groups.items()}
    return {**({"notes": notes} if notes else {}), **({"groups": groups} if groups else {})}

def _short(value: float) -> float | int:
    return int(value) if value == int(value) else value

def _edges(doc: Document) -> str:
    rows = [json.dumps(_edge(e, doc.routes.get(e, ())), ensure_ascii=False) for e in sorted(doc.edges)]
    return "[\n" + ",\n".join(f"    {row}" for row in rows) + "\n  ]" if rows else "[]"

def _edge(edge: Edge, way: tuple[Point, ...]) -> dict[str, Any]:
    ends: dict[str, Any] = {"from": edge.source, "port": edge.port, "to": edge.target}
    return {**ends, "via": [[_short(v) for v in point] for point in way]} if way else ends

def _indented(value: Any) -> str:
    text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return ROW.sub(_in_one_line, text).replace("\n", "\n  ")


def _in_one_line(found: re.Match[str]) -> str:
    return found[1] + "[" + " ".join(found[2].split()) + "]"
