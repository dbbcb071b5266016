"""Notes and groups of a file."""
from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from core.graph.document import COLOURS, Group, Node, Note
from core.io.places import point, refuse, table

MOST = 20_000
LONGEST_TEXT = 20_000
LONGEST_TITLE = 80


def notes_of(values: Mapping[str, Any]) -> Mapping[str, Note]:
    """The notes of a file. Raises FormatError naming the place."""
    _bounded("notes", values)
    return MappingProxyType({name: _note(name, value) for name, value in values.items()})


def groups_of(values: Mapping[str, Any], nodes: Mapping[str, Node]) -> Mapping[str, Group]:
    """The groups of a file. Members that are not there are left out, and so is a group without any; a node that is in
    two belongs to the first. Raises FormatError naming the place."""
    _bounded("groups", values)
    free, groups = set(nodes), {}
    for name, value in sorted(values.items()):
        group = _group(name, value)
        members = group.members & free
        free -= members
        if members:
            groups[name] = Group(name, group.title, members, group.colour, group.collapsed)
    return MappingProxyType(groups)


def _note(name: str, value: Any) -> Note:
    place = f"notes.{name}"
    item = table(place, value)
    given = Note(name, "")
    where = point(f"{place}.position", item.get("position", [0, 0]))
    size = point(f"{place}.size", item.get("size", list(given.size)))
    if min(size) < 1:
        raise refuse(f"{place}.size", "two numbers from 1", list(size))
    return Note(name, _text(f"{place}.text", item.get("text", ""), LONGEST_TEXT), where, size, _colour(place, item))


def _group(name: str, value: Any) -> Group:
    place = f"groups.{name}"
    item = table(place, value)
    members, collapsed = item.get("members", []), item.get("collapsed", False)
    if not isinstance(members, list) or not all(isinstance(member, str) for member in members):
        raise refuse(f"{place}.members", "a list of node names", members)
    if not isinstance(collapsed, bool):
        raise refuse(f"{place}.collapsed", "true or false", collapsed)
    title = _text(f"{place}.title", item.get("title", ""), LONGEST_TITLE)
    return Group(name, title, frozenset(members), _colour(place, item), collapsed)


def _text(place: str, value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise refuse(place, f"a text of at most {longest} characters", value)
    return value


def _colour(place: str, item: Mapping[str, Any]) -> str:
    """A colour that this version does not know becomes the plain one."""
    value = item.get("colour", COLOURS[0])
    if not isinstance(value, str):
        raise refuse(f"{place}.colour", f"one of {', '.join(COLOURS)}", value)
    return value if value in COLOURS else COLOURS[0]


def _bounded(place: str, values: Mapping[str, Any]) -> None:
    if len(values) > MOST:
        raise refuse(place, f"at most {MOST} {place}", len(values))
