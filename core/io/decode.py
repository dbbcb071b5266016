"""Plain values to a document. Every complaint names its place; what is unknown is kept."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from core.errors import CoreError, FormatError, Problem
from core.graph.document import Document, Edge, Node, Point
from core.graph.edits import LONGEST, refusal
from core.graph.order import loop_members
from core.graph.rewire import MOST_POINTS
from core.graph.settings import DataSettings, TrainingSettings
from core.io.furniture import groups_of, notes_of
from core.io.migrations import VERSION, migrate
from core.io.places import point, refuse, table
from core.layers import LAYERS
from core.params import Declared, Kind, KindList, KindOf

NODES = 20_000
OWN = {"format", "version", "data", "edges", "nodes", "training", "notes", "groups"}
FLAGS = ("frozen", "bypassed", "neurons")
NODE = {"kind", "params", "position", "version", "title", *FLAGS}
EDGE = {"from", "to", "port", "via"}


def decode(value: Any, name: str) -> Document:
    """The document that `value` describes. Raises FormatError."""
    try:
        return _document(migrate(_head(value)))
    except CoreError as error:
        found = error.problem
        raise FormatError(replace(found, code="file.content", message=f"{name}: {found.message}")) from None


def _head(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or value.get("format") != "layerloom":
        raise FormatError(Problem("file.format", "this is not a Layerloom network.",
                                  hint="Choose a network saved by Layerloom."))
    version = value.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= 10**6:
        raise refuse("version", "a whole number from 1", version)
    if version > VERSION:
        raise FormatError(Problem("file.version", f"it was written by a newer Layerloom (format {version}; this one "
                                  f"reads up to {VERSION}).", hint="Update Layerloom to open it."))
    return value


def _document(body: Mapping[str, Any]) -> Document:
    nodes = {key: _node(key, item) for key, item in table("nodes", body.get("nodes", {})).items()}
    if len(nodes) > NODES:
        raise refuse("nodes", f"at most {NODES} nodes", len(nodes))
    ways = dict(_edges(body.get("edges", []), nodes))
    edges = frozenset(ways)
    if loop := loop_members(Document(nodes, edges)):
        raise FormatError(Problem("file.content", f"edges: the nodes {', '.join(loop[:6])} form a loop."))
    return Document(
        nodes=MappingProxyType(nodes), edges=edges,
        data=_settings(DataSettings, body.get("data", {})),
        training=_settings(TrainingSettings, body.get("training", {})),
        extra=MappingProxyType({k: v for k, v in body.items() if k not in OWN}),
        notes=notes_of(table("notes", body.get("notes", {}))),
        groups=groups_of(table("groups", body.get("groups", {})), nodes),
        routes=MappingProxyType({edge: way for edge, way in ways.items() if way}),
    )


def _node(name: str, value: Any) -> Node:
    place = f"nodes.{name}"
    if not 1 <= len(name) <= LONGEST:
        raise refuse("nodes", f"a name of 1 to {LONGEST} characters for every node", name)
    item = table(place, value)
    kind, version = item.get("kind"), item.get("version", 1)
    if not isinstance(kind, str) or not 1 <= len(kind) <= LONGEST:
        raise refuse(f"{place}.kind", "the id of a layer", kind)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise refuse(f"{place}.version", "a whole number from 1", version)
    title = item.get("title", "")
    if not isinstance(title, str):
        raise refuse(f"{place}.title", "a text", title)
    flags = {flag: item.get(flag, False) for flag in FLAGS}
    for flag, value in flags.items():
        if not isinstance(value, bool):
            raise refuse(f"{place}.{flag}", "true or false", value)
    params, version = _params(place, kind, table(f"{place}.params", item.get("params", {})), version)
    extra = {k: v for k, v in item.items() if k not in NODE}
    return Node(name, kind, params, point(f"{place}.position", item.get("position", [0, 0])), title[:80],
                version=version, extra=MappingProxyType(extra), **flags)


def _params(place: str, kind: str, params: dict[str, Any], version: int) -> tuple[Mapping[str, Any], int]:
    """Parameters checked and completed. Of an unknown kind, or one that is newer than we are: as they stand."""
    if kind not in LAYERS or version > LAYERS[kind].info.version:
        return MappingProxyType(params), version
    layer = LAYERS[kind]
    current = layer.upgrade(params, version)
    return _checked(f"{place}.params", layer, current), layer.info.version


def _settings(kind: type[Declared], value: Any) -> Mapping[str, Any]:
    return _checked(kind.noun, kind, table(kind.noun, value))


def _checked(place: str, kind: type[Declared], values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Values checked and completed. A chosen kind that this version does not know is kept as it stands."""
    foreign = {k: found for k, v in values.items() if (found := _foreign(kind, k, v)) is not None}
    known = {k: v for k, v in values.items() if k in kind.params and k not in foreign}
    try:
        config = kind(**known).config()
    except CoreError as error:
        raise FormatError(replace(error.problem, message=f"{place}.{error.problem.message}")) from None
    return MappingProxyType({**values, **config, **foreign})


def _foreign(kind: type[Declared], name: str, value: Any) -> Kind | tuple[Kind, ...] | None:
    param = kind.params.get(name)
    return param.foreign(value) if isinstance(param, KindOf | KindList) else None


def _edges(value: Any, nodes: Mapping[str, Node]) -> Iterable[tuple[Edge, tuple[Point, ...]]]:
    if not isinstance(value, list):
        raise refuse("edges", "a list in brackets", value)
    taken: dict[tuple[str, str], int] = {}
    for number, item in enumerate(value):
        place = f"edges[{number}]"
        row = table(place, item)
        ends = [row.get(key) for key in ("from", "to", "port")]
        if set(row) - EDGE or not all(isinstance(end, str) and len(end) <= LONGEST for end in ends):
            raise refuse(place, 'an edge like {"from": "a", "port": "x", "to": "b"}', item)
        edge = Edge(str(ends[0]), str(ends[1]), str(ends[2]))
        for end in (edge.source, edge.target):
            if end not in nodes:
                raise FormatError(Problem("file.content", f'{place}: there is no node "{end}".'))
        if problem := _misfit(edge, nodes):
            raise FormatError(replace(problem, message=f"{place}: {problem.message}"))
        if (edge.target, edge.port) in taken:
            first = taken[edge.target, edge.port]
            raise FormatError(Problem("file.content", f"{place}: the input {edge.port} of {edge.target} has a wire "
                                      f"already (edges[{first}])."))
        taken[edge.target, edge.port] = number
        yield edge, _way(f"{place}.via", row.get("via", []))


def _way(place: str, value: Any) -> tuple[Point, ...]:
    if not isinstance(value, list) or len(value) > MOST_POINTS:
        raise refuse(place, f"a list of at most {MOST_POINTS} points", value)
    return tuple(point(f"{place}[{number}]", item) for number, item in enumerate(value))


def _misfit(edge: Edge, nodes: Mapping[str, Node]) -> Problem | None:
    """Why this wire cannot be, as far as its two ends tell."""
    return refusal(Document({k: nodes[k] for k in {edge.source, edge.target}}), edge)
