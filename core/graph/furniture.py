"""Edits of notes and groups: pure functions from a document to the next. Each gives a valid document or raises a
GraphError."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from core.errors import GraphError, Problem
from core.graph.document import COLOURS, Document, Group, Note, Point
from core.graph.edits import FAR

LONGEST_TEXT = 20_000
LONGEST_TITLE = 80
T = TypeVar("T")


def fresh_note(doc: Document) -> str:
    """An id for a note that is not taken yet: note, note_2, ..."""
    return _fresh("note", doc.notes)


def fresh_group(doc: Document) -> str:
    """An id for a group that is not taken yet: group, group_2, ..."""
    return _fresh("group", doc.groups)


def add_note(doc: Document, note: Note) -> Document:
    """Lay a note onto the canvas."""
    if not note.id or note.id in doc.notes:
        raise GraphError(Problem("note.duplicate", f"There is a note called {note.id!r} already."))
    return _with_note(doc, note)


def change_note(doc: Document, note: str, *, text: str | None = None, colour: str | None = None,
                size: Point | None = None) -> Document:
    """Change what a note says, its colour or its size (width, height)."""
    given: dict[str, Any] = {"text": text, "colour": colour, "size": size}
    return _with_note(doc, replace(_note(doc, note), **{k: v for k, v in given.items() if v is not None}))


def move_notes(doc: Document, where: Mapping[str, Point]) -> Document:
    """Put the top left corners of notes at new places."""
    for name, position in where.items():
        doc = _with_note(doc, replace(_note(doc, name), position=position))
    return doc


def remove_notes(doc: Document, names: Iterable[str]) -> Document:
    """Take notes away."""
    gone = {_note(doc, name).id for name in names}
    return replace(doc, notes=_frozen({k: note for k, note in doc.notes.items() if k not in gone}))


def group(doc: Document, names: Iterable[str], title: str = "", colour: str = "blue") -> Document:
    """Put nodes into a group of their own; they leave those that they were in."""
    members = _members(doc, names)
    if not members:
        raise GraphError(Problem("group.empty", "A group needs at least one node.", hint="Select some nodes first."))
    new = Group(fresh_group(doc), _title(title), members, _colour(colour))
    return _with_group(remove_from_groups(doc, members), new)


def ungroup(doc: Document, name: str) -> Document:
    """Dissolve a group; its nodes stay where they are."""
    gone = _group(doc, name).id
    return replace(doc, groups=_frozen({k: found for k, found in doc.groups.items() if k != gone}))


def rename_group(doc: Document, name: str, title: str) -> Document:
    """Give a group another title, which may be empty."""
    return _with_group(doc, replace(_group(doc, name), title=_title(title)))


def colour_group(doc: Document, name: str, colour: str) -> Document:
    """Give a group another one of COLOURS."""
    return _with_group(doc, replace(_group(doc, name), colour=_colour(colour)))


def collapse(doc: Document, name: str, collapsed: bool) -> Document:
    """Let one card stand for a group, or show its nodes again."""
    return _with_group(doc, replace(_group(doc, name), collapsed=collapsed))


def add_to_group(doc: Document, name: str, names: Iterable[str]) -> Document:
    """Let nodes join a group; they leave those that they were in."""
    members = _members(doc, names)
    joined = replace(_group(doc, name), members=_group(doc, name).members | members)
    return _with_group(remove_from_groups(doc, members - _group(doc, name).members), joined)


def remove_from_groups(doc: Document, names: Iterable[str]) -> Document:
    """Let nodes leave their groups. A group that nobody is left in is gone."""
    leaving = _members(doc, names)
    if all(leaving.isdisjoint(found.members) for found in doc.groups.values()):
        return doc
    left = {k: replace(found, members=found.members - leaving) for k, found in doc.groups.items()}
    return replace(doc, groups=_frozen({k: found for k, found in left.items() if found.members}))


def group_of(doc: Document, node: str) -> Group | None:
    """The group that a node is in."""
    return next((found for found in doc.groups.values() if node in found.members), None)


def _fresh(stem: str, taken: Mapping[str, Any]) -> str:
    number = 1
    while (name := stem if number == 1 else f"{stem}_{number}") in taken:
        number += 1
    return name


def _with_note(doc: Document, note: Note) -> Document:
    if len(note.text) > LONGEST_TEXT:
        raise GraphError(Problem("note.text", f"A note holds at most {LONGEST_TEXT:,} characters, not "
                                 f"{len(note.text):,}.", hint="Shorten it, or make two of it."))
    width, height = note.size
    if not (1 <= width <= FAR and 1 <= height <= FAR):
        raise GraphError(Problem("note.size", f"A note cannot have the size {width} by {height}."))
    sound = replace(note, position=_place(note.position), size=(float(width), float(height)),
                    colour=_colour(note.colour))
    return replace(doc, notes=_frozen({**doc.notes, note.id: sound}))


def _with_group(doc: Document, found: Group) -> Document:
    return replace(doc, groups=_frozen({**doc.groups, found.id: found}))


def _note(doc: Document, name: str) -> Note:
    if name not in doc.notes:
        raise GraphError(Problem("note.unknown", f"There is no note {name!r}."))
    return doc.notes[name]


def _group(doc: Document, name: str) -> Group:
    if name not in doc.groups:
        raise GraphError(Problem("group.unknown", f"There is no group {name!r}."))
    return doc.groups[name]


def _members(doc: Document, names: Iterable[str]) -> frozenset[str]:
    members = frozenset(names)
    if missing := sorted(members - doc.nodes.keys()):
        raise GraphError(Problem("node.unknown", f"There is no node {missing[0]!r}."))
    return members


def _colour(colour: str) -> str:
    if colour not in COLOURS:
        raise GraphError(Problem("colour.unknown", f"There is no colour {colour!r}.",
                                 hint=f"Choose one of {', '.join(COLOURS)}."))
    return colour


def _title(title: str) -> str:
    return title.strip()[:LONGEST_TITLE]


def _place(point: Point) -> Point:
    x, y = point
    if not (math.isfinite(x) and math.isfinite(y)):
        raise GraphError(Problem("note.position", f"A note cannot lie at ({x}, {y})."))
    return max(-FAR, min(FAR, float(x))), max(-FAR, min(FAR, float(y)))


def _frozen(table: dict[str, T]) -> Mapping[str, T]:
    return MappingProxyType(table)
