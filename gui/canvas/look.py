"""What a node shows, as a value: the words of its card. Items are only repainted if it changes."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.datasets import DATASETS, title_of
from core.errors import Problem
from core.graph.check import Report
from core.graph.document import Document, Node
from core.graph.edits import passable
from core.layers import LAYERS, show
from core.params import Bool, Choice, Int, IntTuple, Kind, KindOf, Param
from gui.canvas import geometry
from gui.canvas.column import Column, column_of

UNKNOWN_ICON = "help"


@dataclass(frozen=True, slots=True)
class NodeLook:
    """`detail` are the parameters that matter, `brief` their values alone; `shape` is that of the output; `inputs` are
    the names of the ports; `summary` stands in for the detail where there is room for all of it; `health` is what a run
    has found not to be well."""

    title: str
    icon: str
    category: str
    detail: str = ""
    shape: str = ""
    inputs: tuple[str, ...] = ()
    output: bool = True
    known: bool = True
    frozen: bool = False
    problems: tuple[Problem, ...] = ()
    summary: str = ""
    bypassed: bool = False
    brief: str = ""
    column: Column | None = None
    health: tuple[Problem, ...] = ()

    @property
    def width(self) -> float:
        """Width of the card."""
        return geometry.WIDTH if self.column is None else self.column.width

    @property
    def severity(self) -> str:
        """The worst severity of the problems, or empty."""
        if not self.problems:
            return ""
        found = {p.severity for p in self.problems}
        return next((s for s in ("error", "warning", "info") if s in found), "")

    @property
    def troubled_ports(self) -> frozenset[str]:
        """Inputs that a problem names."""
        return frozenset(p.port for p in self.problems if p.port)

    @property
    def tip(self) -> str:
        """The tool tip: what may not fit on the card."""
        states = ", ".join(self._states()).capitalize()
        return "\n".join(filter(None, (self.title, self.detail, self.shape and f"Output shape {self.shape}", states)))

    @property
    def spoken(self) -> str:
        """The card in one line, to be read out: "Dense, units 64, output shape (64), frozen, 2 problems"."""
        count = len(self.problems)
        trouble = f"{count} problem{'s' if count > 1 else ''}" if count else ""
        shape = self.shape and f"output shape {self.shape}"
        ill = "not well" if self.health else ""
        return ", ".join(filter(None, (self.title, self.detail, shape, *self._states(), trouble, ill)))

    def _states(self) -> list[str]:
        return [word for word, on in (("frozen", self.frozen and not self.bypassed), ("bypassed", self.bypassed)) if on]


def look_of(node: Node, document: Document, report: Report, problems: tuple[Problem, ...] = ()) -> NodeLook:
    """What `node` shows in this document. Any kind and any parameter value is accepted."""
    look, column = _card_of(node, document, report, problems), column_of(node, document, report)
    if column is None:
        return look
    # There is a neuron for every unit: only what they are is left to be said, and nothing where buttons stand.
    detail = "" if column.grows else look.detail if column.names or not look.output else ""
    return replace(look, detail=detail, shape="", summary="", brief="", column=column)


def _card_of(node: Node, document: Document, report: Report, problems: tuple[Problem, ...]) -> NodeLook:
    shape = show(report.shapes[node.id]) if node.id in report.shapes else ""
    if node.kind not in LAYERS:
        return NodeLook(node.title or node.kind, UNKNOWN_ICON, "", "unknown kind", shape, ("x",), known=False,
                        frozen=node.frozen, problems=problems)
    layer = LAYERS[node.kind]
    words = _source(document) if layer.role == "input" else _badges(layer.params, layer.badges, node.params)
    bypassed = node.bypassed and passable(node)
    brief = "" if bypassed or layer.role == "input" else _values(layer.params, layer.badges, node.params)
    return NodeLook(node.title or layer.info.title, f"layers/{layer.info.icon}", layer.info.category,
                    "bypassed" if bypassed else words, shape, tuple(p.name for p in layer.inputs),
                    layer.role != "output", True, node.frozen, problems, layer.info.summary, bypassed, brief)


def plain_look(kind: str) -> NodeLook:
    """What a new node of `kind` will show."""
    layer = LAYERS[kind]
    badges = _badges(layer.params, layer.badges, layer().config())
    ports = tuple(p.name for p in layer.inputs)
    return NodeLook(layer.info.title, f"layers/{layer.info.icon}", layer.info.category, badges, inputs=ports,
                    output=layer.role != "output", summary=layer.info.summary)


def badge(param: Param[Any], value: Any) -> str:
    """A parameter with its value in a few words: "units 4", "Mean squared error"."""
    if isinstance(param, KindOf):
        return str(param.of[value.kind].info.title) if isinstance(value, Kind) and value.kind in param.of else ""
    if isinstance(param, Choice):
        return param.options.get(value, str(value))
    return f"{param.title.lower()} {_figure(param, value)}"


def _figure(param: Param[Any], value: Any) -> str:
    if isinstance(param, (Int, IntTuple)) and param.special and not value:
        return param.special
    if isinstance(param, Bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return show(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _badges(params: Mapping[str, Param[Any]], names: tuple[str, ...], values: Mapping[str, Any]) -> str:
    return " · ".join(filter(None, (badge(params[name], values[name]) for name in names if name in values)))


def _source(document: Document) -> str:
    chosen = document.data.get("source")
    return title_of(chosen) if isinstance(chosen, Kind) and chosen.kind in DATASETS else ""


def _values(params: Mapping[str, Param[Any]], names: tuple[str, ...], values: Mapping[str, Any]) -> str:
    return " · ".join(filter(None, (_bare(params[name], values[name]) for name in names if name in values)))


def _bare(param: Param[Any], value: Any) -> str:
    if isinstance(param, (KindOf, Choice)):
        return badge(param, value)
    return "×".join(map(str, value)) if isinstance(value, tuple) and value else _figure(param, value)
