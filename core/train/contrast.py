"""What differs between two documents that were trained, in the words of the window."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.graph.document import Document, Node
from core.graph.naming import kind_title, title_of
from core.graph.order import upstream
from core.graph.settings import LIVE, DataSettings, TrainingSettings
from core.layers import LAYERS
from core.params import Bool, Choice, Int, Kind, KindList, KindOf, Param
from core.train.past import Past

RATE = "learning_rate"
END = "output"
SAME = "same settings"


@dataclass(frozen=True, slots=True)
class Difference:
    """`there` says in a few words what the one document has, `here` what the other one has instead."""

    there: str
    here: str


def told(past: Past, present: Document) -> tuple[Difference, ...]:
    """What an earlier run had that the present document has not, network first. Its learning rate is the one that it
    ended with; if somebody changed it on the way, both are named."""
    document, first, last = past.document, *_rates(past)
    found = list(differences(document, present, skip=(RATE,)))
    now = present.training.get(RATE)
    if first != last:
        found.append(Difference(f"learning rate {_figure(first)} → {_figure(last)}", f"learning rate {_figure(now)}"))
    elif now is not None and not np.isclose(last, now, rtol=1e-6, atol=0.0):
        found.append(Difference(f"learning rate {_figure(last)}", f"learning rate {_figure(now)}"))
    return tuple(found)


def differences(there: Document, here: Document, *, skip: tuple[str, ...] = ()) -> tuple[Difference, ...]:
    """Everything that matters for what is computed: nodes that lead to an Output, wires, training, data.

    Of the settings that may change while a run goes on only the learning rate counts, unless `skip` names it.
    """
    nodes = [*_node_differences(there, here)]
    if not nodes and _wires(there) != _wires(here):
        nodes = [Difference("other wires", "these wires")]
    ignored = {*LIVE, *skip} - ({RATE} - {*skip})
    training = _settings(TrainingSettings.params, there.training, here.training, ignored)
    return (*nodes, *training, *_data(there.data, here.data))


def _rates(past: Past) -> tuple[float, float]:
    """The learning rate in the first and in the last epoch; what a schedule makes of it does not count."""
    schedule = past.document.training.get("schedule")
    rates = past.column(RATE)
    rates = rates[np.isfinite(rates)]
    if len(rates) and (schedule is None or schedule.kind == "constant"):
        return float(rates[0]), float(rates[-1])
    rate = float(past.document.training.get(RATE, np.nan))
    return rate, rate


def _live(doc: Document) -> dict[str, Node]:
    ends = [name for name, node in doc.nodes.items() if node.kind == END]
    reached = upstream(doc, ends) if ends else doc.nodes.keys()
    return {name: node for name, node in doc.nodes.items() if name in reached}


def _wires(doc: Document) -> set[tuple[str, str, str]]:
    live = _live(doc)
    return {(edge.source, edge.target, edge.port) for edge in doc.edges if edge.target in live}


def _node_differences(there: Document, here: Document) -> Iterator[Difference]:
    old, new = _live(there), _live(here)
    gone = [name for name in old if name not in new]
    added = [name for name in new if name not in old]
    for name in list(gone):
        # What was deleted and put back is the same again.
        again = next((other for other in added if _same(old[name], new[other])), None)
        if again is not None:
            gone.remove(name)
            added.remove(again)
    for name in gone:
        yield Difference(f"with {_called(there, name)}", f"without {_called(there, name)}")
    for name in added:
        yield Difference(f"without {_called(here, name)}", f"with {_called(here, name)}")
    for name in old:
        if name in new:
            yield from _changes(there, here, name)


def _same(a: Node, b: Node) -> bool:
    return (a.kind, a.params, a.frozen, a.bypassed) == (b.kind, b.params, b.frozen, b.bypassed)


def _changes(there: Document, here: Document, name: str) -> Iterator[Difference]:
    a, b, called = there.nodes[name], here.nodes[name], _called(here, name)
    if a.kind != b.kind:
        yield Difference(kind_title(a.kind), kind_title(b.kind))
        return
    if a.params != b.params and a.kind in LAYERS:
        for found in _settings(LAYERS[a.kind].params, a.params, b.params, set()):
            yield Difference(f"{called}: {found.there}", f"{called}: {found.here}")
    for word in ("frozen", "bypassed"):
        if getattr(a, word) != getattr(b, word):
            texts = f"{called}: {word}", f"{called}: not {word}"
            yield Difference(*(texts if getattr(a, word) else texts[::-1]))


def _called(doc: Document, name: str) -> str:
    """A node by its title; of several with the same one also which it is, from left to right."""
    title = title_of(doc, name)
    alike = [other for other in _live(doc) if title_of(doc, other) == title]
    if len(alike) < 2 or name not in alike:
        return title
    alike.sort(key=lambda other: doc.nodes[other].position)
    return f"{title} {alike.index(name) + 1}"


def _settings(params: Mapping[str, Param[Any]], there: Mapping[str, Any], here: Mapping[str, Any],
              skip: set[str]) -> Iterator[Difference]:
    for name, param in params.items():
        a, b = there.get(name, param.initial), here.get(name, param.initial)
        if name not in skip and a != b:
            yield from _one(param, a, b)


def _one(param: Param[Any], there: Any, here: Any) -> Iterator[Difference]:
    label = param.title if param.title.isupper() else param.title[:1].lower() + param.title[1:]
    if isinstance(param, KindOf) and isinstance(there, Kind) and isinstance(here, Kind):
        titles = [_kind_title(param, kind) for kind in (there, here)]
        if there.kind != here.kind:
            yield Difference(*(f"{label} {title}" for title in titles))
        elif there.kind in param.of:
            for found in _settings(param.of[there.kind].params, there.params, here.params, set()):
                yield Difference(f"{titles[0]}: {found.there}", f"{titles[1]}: {found.here}")
    elif isinstance(param, KindList):
        yield Difference(f"other {label}", f"this {label}")
    else:
        yield Difference(_said(param, label, there), _said(param, label, here))


def _said(param: Param[Any], label: str, value: Any) -> str:
    if isinstance(param, Bool):
        return label if value else f"no {label}"
    special = getattr(param, "special", "")
    if special and not value:
        return f"{label} {special}"
    if isinstance(param, Int) and label.endswith("s"):
        return f"{_figure(value)} {label[:-1] if value == 1 else label}"
    return f"{label} {param.options.get(value, value) if isinstance(param, Choice) else _figure(value)}"


def _data(there: Mapping[str, Any], here: Mapping[str, Any]) -> Iterator[Difference]:
    yield from _settings(DataSettings.params, there, here, {"roles", "seed"})
    if there.get("roles") != here.get("roles"):
        yield Difference("other columns", "these columns")
    if there.get("seed") != here.get("seed"):
        yield Difference(f"data seed {there.get('seed', 0)}", f"data seed {here.get('seed', 0)}")


def _kind_title(param: KindOf, kind: Kind) -> str:
    title: str = param.of[kind.kind].info.title if kind.kind in param.of else kind.kind
    return title


def _figure(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, tuple):
        return " × ".join(map(_figure, value)) if len(value) < 6 else "others"
    text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    return text if len(text) <= 24 else text[:23] + "…"
