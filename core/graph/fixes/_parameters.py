"""Fixes for parameters: back to what is allowed."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from core.graph import edits
from core.graph.document import Document
from core.graph.fixes._base import Case, Fix, mends
from core.graph.settings import DataSettings, TrainingSettings
from core.layers import LAYERS
from core.params import Declared


@mends("param.value", "param.kind", "param.padding", "loss.class_weights")
def reset(case: Case) -> Iterator[Fix]:
    """Set a parameter back to its default."""
    name = case.problem.param or ""
    if case.problem.code == "loss.class_weights":
        yield from _plain_loss(case)
    elif (node := case.node) is not None and node.kind in LAYERS and name in LAYERS[node.kind].params:
        param = LAYERS[node.kind].params[name]

        def apply(doc: Document) -> Document:
            # Others may be wrong as well: they are left as they are.
            old = doc.nodes[case.name]
            params = MappingProxyType({**old.params, name: param.initial})
            return replace(doc, nodes=MappingProxyType({**doc.nodes, case.name: replace(old, params=params)}))

        yield Fix(f"Reset {_in_sentence(param.title)}", apply)
    elif (found := _settings(case)) is not None and name in found[0].params:
        kind, field = found
        param = kind.params[name]
        yield Fix(f"Reset {_in_sentence(param.title)}", lambda doc: _put(doc, field, {name: param.initial}))


@mends("param.unknown", "settings.unknown")
def forget(case: Case) -> Iterator[Fix]:
    """Forget what this version does not know."""
    name, node = case.problem.param or "", case.node
    if node is not None:
        params = MappingProxyType({k: v for k, v in node.params.items() if k != name})
        yield Fix(f"Forget {name}", lambda doc: replace(doc, nodes=MappingProxyType(
            {**doc.nodes, case.name: replace(doc.nodes[case.name], params=params)})))
    elif (found := _settings(case)) is not None:
        yield Fix(f"Forget {name}", lambda doc: _put(doc, found[1], {}, without=name))


def _plain_loss(case: Case) -> Iterator[Fix]:
    if (node := case.node) is not None:
        loss = node.params["loss"]
        value = {"kind": loss.kind, "params": {**loss.params, "class_weights": ()}}
        yield Fix("Weigh all classes alike", lambda doc: edits.set_params(doc, case.name, {"loss": value}))


def _settings(case: Case) -> tuple[type[Declared], str] | None:
    """The settings that a problem is about, and where the document has them."""
    for kind in (DataSettings, TrainingSettings):
        if case.problem.node is None and case.problem.message.startswith(f"{kind.noun}."):
            return kind, kind.noun
    return None


def _put(doc: Document, field: str, values: dict[str, Any], without: str = "") -> Document:
    old = getattr(doc, field)
    changed: dict[str, Any] = {field: MappingProxyType({**{k: v for k, v in old.items() if k != without}, **values})}
    return replace(doc, **changed)


def _in_sentence(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
