"""A session that goes on from another one: what was learned outlives an edit of the network."""
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.graph.document import Document
from core.graph.redrawn import redrawn, same_data
from core.train.contrast import differences

if TYPE_CHECKING:
    from core.engine.parameters import Parameters
    from core.layers import Shape
    from core.train.session import Session

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Taken:
    """Nodes with weights that go on from what they learned, and those that start fresh, in the order of the network.

    If none goes on, training starts anew.
    """

    kept: tuple[str, ...]
    fresh: tuple[str, ...]

    @property
    def text(self) -> str:
        """One sentence about those that start fresh; nothing if there are none."""
        return f"{named(self.fresh, 'start')} fresh; everything else keeps what it learned." if self.fresh else ""


def named(nodes: Sequence[str], verb: str) -> str:
    """The nodes and what they do: "a, b and 3 more start", "a starts"."""
    more = f" and {len(nodes) - SHOWN} more" if len(nodes) > SHOWN else ""
    return f"{', '.join(nodes[:SHOWN])}{more} {verb if len(nodes) > 1 else f'{verb}s'}"


def comparable(old: Document, new: Document) -> bool:
    """True if what was learned in one document means something in the other: same first weights and rule, and data
    that are the same, or differ in nothing but the samples that somebody edits by hand."""
    same = all(old.training.get(name) == new.training.get(name) for name in ("seed", "rule"))
    return same and (same_data(old.data, new.data) or redrawn(old.data, new.data))


def take_over(new: Session, old: Session, *, gone: Collection[str] = ()) -> Taken:
    """Let a session that was just made go on where `old` stands, which stays as it is; their documents are comparable.

    Nodes of the same id, kind, and names and shapes of weights keep weights, running means and, with an equal
    optimizer, what it remembers of them; `gone` names those that were deleted in between, whatever has their id now.
    Counters, history and chance go on. A node that is not computed at present finds its weights when it is again.
    """
    held = {**old.aside, **old.network.copies()}
    stayed = {name for name, node in new.document.nodes.items() if name not in gone
              and name in old.document.nodes and old.document.nodes[name].kind == node.kind}
    names = tuple(dict.fromkeys((*new.network.weights, *new.network.state)))
    have, want = _by_node({key: array.shape for key, array in held.items()}), _by_node(new.network.shapes())
    kept = tuple(name for name in names if name in stayed and have.get(name) == want[name])
    new.aside = {key: array for key, array in held.items() if (node := _node(key)) in stayed and node not in names}
    taken = Taken(kept, tuple(name for name in names if name not in kept))
    if kept:
        new.network.load({key: array for key, array in held.items() if _node(key) in kept})
        _go_on(new, old, _moves(old.network.weights, new.network.weights, kept))
    return taken


def _node(key: str) -> str:
    return key.rpartition(".")[0]


def _by_node(shapes: Mapping[str, Shape]) -> dict[str, dict[str, Shape]]:
    found: dict[str, dict[str, Shape]] = {}
    for key, shape in shapes.items():
        found.setdefault(_node(key), {})[key] = shape
    return found


def _moves(old: Parameters, new: Parameters, kept: Collection[str]) -> list[tuple[slice, slice]]:
    """Where in the flat vectors lies what is kept: there and here."""
    return [(old.places[key], place) for key, place in new.places.items() if key[0] in kept and key in old.places]


def _go_on(new: Session, old: Session, moves: Sequence[tuple[slice, slice]]) -> None:
    """Counters, history, chance and what the rule remembers. An epoch of other batches or samples begins anew."""
    new.epoch, new.step, new.seconds = old.epoch, old.step, old.seconds
    new.epochs = max(new.epochs, old.epochs)
    same = new.training.batch_size == old.training.batch_size and same_data(new.document.data, old.document.data)
    new.batch, new.skipped = (old.batch, old.skipped) if same else (0, old.skipped + old.batch)
    new.rng.bit_generator.state = old.rng.bit_generator.state
    for mine, its in zip(new.network.rngs, old.network.rngs, strict=False):
        mine.bit_generator.state = its.bit_generator.state
    new.series.add_all(old.series.since(0))
    new.series.notes = old.series.notes
    if old.epoch and (changes := [change.here for change in differences(old.document, new.document)]):
        more = f" and {len(changes) - SHOWN} more" if len(changes) > SHOWN else ""
        new.series.note(old.epoch, "edited", f"Changed after epoch {old.epoch:,}: {', '.join(changes[:SHOWN])}{more}.")
    # Another network has another first loss, and the patience of early stopping begins with it.
    new.progress.since = old.epoch
    new.progress.follow(new.progress.watch, new.series.since(0))
    new.rule.go_on(old.rule, moves)
    new.set_rate()
