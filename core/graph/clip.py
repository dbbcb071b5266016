"""Parts of a document that are copied out of it and pasted into one."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from core.graph.document import Document, Edge, Group, Node, Note, Point
from core.graph.edits import FAR, LONGEST
from core.graph.wires import misfit

ARRIVING = "arriving"


def copied(doc: Document, names: Iterable[str], notes: Iterable[str] = ()) -> Document:
    """A fragment: these nodes and notes, the wires between them, and the groups that lie in it as a whole.

    A fragment is a document. Wires that come from outside are not its edges, as they would end nowhere: `extra` lists
    them. Data and training stay behind.
    """
    chosen = {k: node for k in names if (node := doc.nodes.get(k)) is not None}
    inner = frozenset(e for e in doc.edges if e.source in chosen and e.target in chosen)
    outer = sorted(e for e in doc.edges if e.target in chosen and e.source not in chosen)
    arriving = [{"from": e.source, "port": e.port, "to": e.target} for e in outer]
    return Document(
        nodes=MappingProxyType(dict(sorted(chosen.items()))), edges=inner,
        extra=MappingProxyType({ARRIVING: arriving} if arriving else {}),
        notes=MappingProxyType({k: note for k in sorted(notes) if (note := doc.notes.get(k)) is not None}),
        groups=MappingProxyType({k: g for k, g in sorted(doc.groups.items()) if g.members <= chosen.keys()}),
        routes=MappingProxyType({e: way for e, way in doc.routes.items() if e in inner}),
    )


def pasted(doc: Document, fragment: Document, offset: Point = (0.0, 0.0), *,
           with_wires: bool = False) -> tuple[Document, Mapping[str, str]]:
    """The document with a copy of `fragment` in it, shifted, and the new id of each of its nodes.

    An id that is free is kept. `with_wires` also draws the wires that came from outside, from nodes that are there.
    """
    nodes, names = dict(doc.nodes), dict[str, str]()
    for name, new in zip(fragment.nodes, _fresh(fragment.nodes, doc.nodes), strict=True):
        old = fragment.nodes[name]
        names[name] = new
        nodes[new] = replace(old, id=new, position=_shifted(old.position, offset))
    renamed = {e: Edge(names[e.source], names[e.target], e.port) for e in fragment.edges}
    whole = replace(
        doc, nodes=MappingProxyType(nodes), edges=doc.edges | frozenset(renamed.values()),
        groups=_groups(doc, fragment, names), notes=_notes(doc, fragment, offset),
        routes=MappingProxyType({**doc.routes, **{renamed[e]: tuple(_shifted(p, offset) for p in way)
                                                  for e, way in fragment.routes.items()}}),
    )
    if with_wires:
        whole = replace(whole, edges=whole.edges | frozenset(_arriving(doc, whole, fragment, names)))
    return whole, MappingProxyType(names)


def _arriving(doc: Document, whole: Document, fragment: Document, names: Mapping[str, str]) -> Iterator[Edge]:
    """The wires from outside that can be drawn. None of them closes a loop, as nothing leads out of the copies."""
    taken = {(e.target, e.port) for e in whole.edges}
    listed = fragment.extra.get(ARRIVING, ())
    for row in listed if isinstance(listed, list) else ():
        edge = _edge(row, names)
        if edge is None or edge.source not in doc.nodes or (edge.target, edge.port) in taken or misfit(whole, edge):
            continue
        taken.add((edge.target, edge.port))
        yield edge


def _edge(row: Any, names: Mapping[str, str]) -> Edge | None:
    ends = [row.get(key) for key in ("from", "to", "port")] if isinstance(row, dict) else []
    texts = [end for end in ends if isinstance(end, str)]
    return Edge(texts[0], names[texts[1]], texts[2]) if len(texts) == 3 and texts[1] in names else None


def _notes(doc: Document, fragment: Document, offset: Point) -> Mapping[str, Note]:
    ids = _fresh(fragment.notes, doc.notes)
    copies = [replace(note, id=new, position=_shifted(note.position, offset))
              for note, new in zip(fragment.notes.values(), ids, strict=True)]
    return MappingProxyType({**doc.notes, **{note.id: note for note in copies}})


def _groups(doc: Document, fragment: Document, names: Mapping[str, str]) -> Mapping[str, Group]:
    ids = _fresh(fragment.groups, doc.groups)
    copies = [replace(group, id=new, members=frozenset(names[k] for k in group.members))
              for group, new in zip(fragment.groups.values(), ids, strict=True)]
    return MappingProxyType({**doc.groups, **{group.id: group for group in copies}})


def _fresh(wanted: Mapping[str, Node | Note | Group], taken: Mapping[str, Any]) -> list[str]:
    """An id for each: its own if that is free, or else its kind with the next free number."""
    used, numbers, found = set(taken), dict[str, int](), list[str]()
    for name, item in wanted.items():
        base = (item.kind if isinstance(item, Node) else type(item).__name__.lower())[:LONGEST - 8]
        new = name
        while new in used:
            numbers[base] = number = numbers.get(base, 0) + 1
            new = base if number == 1 else f"{base}_{number}"
        used.add(new)
        found.append(new)
    return found


def _shifted(point: Point, by: Point) -> Point:
    return max(-FAR, min(FAR, point[0] + by[0])), max(-FAR, min(FAR, point[1] + by[1]))
