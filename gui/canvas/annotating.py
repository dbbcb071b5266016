"""What the canvas does to notes and groups, each as one named change."""
from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.graph import furniture
from core.graph.document import Document, Edge, Note, Point
from gui.canvas import changes
from gui.canvas.changes import Change

UNNAMED = "Group"


def title_of_group(document: Document, group: str) -> str:
    """What a person calls a group."""
    found = document.groups.get(group)
    return (found.title if found else "") or UNNAMED


def add_note(name: str, position: Point) -> Change:
    """Lay an empty note there."""
    return Change("Add Note", lambda now: furniture.add_note(now, Note(name, "", position)))


def write_note(note: str, text: str, size: Point) -> Change:
    """Let a note say something else; it grows to `size` with its text."""
    return Change("Edit Note", lambda now: furniture.change_note(now, note, text=text, size=size))


def resize_note(note: str, size: Point) -> Change:
    """Give a note another size."""
    return Change("Resize Note", lambda now: furniture.change_note(now, note, size=size))


def delete(document: Document, nodes: Iterable[str], edges: Iterable[Edge], notes: Iterable[str]) -> Change:
    """Remove nodes, wires and notes."""
    names, wires, papers = sorted(nodes), sorted(edges), sorted(notes)
    rest = changes.delete(document, names, wires)
    if not papers:
        return rest

    def apply(now: Document) -> Document:
        return furniture.remove_notes(rest.apply(now), papers)

    count = len(names) + len(wires) + len(papers)
    return Change(f"Delete {_notes(papers) if count == len(papers) else f'{count} items'}", apply)


def move(document: Document, nodes: Mapping[str, Point], notes: Mapping[str, Point]) -> Change:
    """Put nodes and notes at other places."""
    papers = dict(notes)
    rest = changes.move(document, nodes)
    if not papers:
        return rest
    label = f"{len(nodes) + len(papers)} items" if nodes else _notes(sorted(papers))
    return Change(f"Move {label}", lambda now: furniture.move_notes(rest.apply(now), papers))


def recolour(notes: Iterable[str], groups: Iterable[str], colour: str) -> Change:
    """Give notes and groups another colour."""
    papers, frames = sorted(notes), sorted(groups)

    def apply(now: Document) -> Document:
        for name in papers:
            now = furniture.change_note(now, name, colour=colour)
        for name in frames:
            now = furniture.colour_group(now, name, colour)
        return now

    return Change(f"Colour {_notes(papers) if papers else 'Group'}", apply)


def group(names: Iterable[str]) -> Change:
    """Put a frame around nodes."""
    chosen = sorted(names)
    return Change("Group Selection", lambda now: furniture.group(now, chosen))


def ungroup(groups: Iterable[str]) -> Change:
    """Take frames away."""
    chosen = sorted(groups)

    def apply(now: Document) -> Document:
        for name in chosen:
            now = furniture.ungroup(now, name)
        return now

    return Change("Ungroup", apply)


def rename_group(name: str, title: str) -> Change:
    """Give a group another title."""
    return Change("Rename Group", lambda now: furniture.rename_group(now, name, title))


def collapse(groups: Iterable[str], collapsed: bool) -> Change:
    """Let one card stand for each group, or show the nodes again."""
    chosen = sorted(groups)

    def apply(now: Document) -> Document:
        for name in chosen:
            now = furniture.collapse(now, name, collapsed)
        return now

    return Change("Collapse Group" if collapsed else "Expand Group", apply)


def join(document: Document, name: str, names: Iterable[str]) -> Change:
    """Let nodes join a group."""
    chosen = sorted(names)
    return Change(f"Add to {title_of_group(document, name)}", lambda now: furniture.add_to_group(now, name, chosen))


def leave(names: Iterable[str]) -> Change:
    """Let nodes leave their groups."""
    chosen = sorted(names)
    return Change("Remove from Group", lambda now: furniture.remove_from_groups(now, chosen))


def _notes(names: list[str]) -> str:
    return "Note" if len(names) == 1 else f"{len(names)} notes"
