"""Editing several nodes at once: what their parameters have in common, and changes to all of them."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from core.errors import ParamError
from core.graph import edits
from core.graph.document import Document
from core.graph.naming import title_of
from core.layers import LAYERS
from core.params import Param

# What parameters of one meaning may differ in.
FREE = frozenset({"doc", "default", "preset", "advanced", "label", "low", "high", "special"})


def shared(doc: Document, names: Iterable[str]) -> dict[str, Param[Any]]:
    """The parameters that all of these nodes have: the same name, and the same type with the same choices."""
    kinds = {doc.nodes[name].kind for name in names}
    if not kinds or not all(kind in LAYERS for kind in kinds):
        return {}
    first, *others = (LAYERS[kind].params for kind in sorted(kinds))
    return {name: param for name, param in first.items()
            if all(name in other and _alike(param, other[name]) for other in others)}


def set_params(doc: Document, names: Iterable[str], values: Mapping[str, Any]) -> Document:
    """Change parameters of all of these nodes. Raises ParamError naming the node and the parameter."""
    for name in names:
        try:
            doc = edits.set_params(doc, name, values)
        except ParamError as error:
            message = f"{title_of(doc, name)}: {error.problem.message}"
            raise ParamError(replace(error.problem, message=message)) from None
    return doc


def freeze(doc: Document, names: Iterable[str], frozen: bool) -> Document:
    """Keep the weights of all of these nodes while the others train, or let them learn again."""
    for name in names:
        doc = edits.freeze(doc, name, frozen)
    return doc


def bypass(doc: Document, names: Iterable[str], bypassed: bool) -> Document:
    """Let all of these nodes hand on their input as it is, or compute again."""
    for name in names:
        doc = edits.bypass(doc, name, bypassed)
    return doc


def _alike(a: Param[Any], b: Param[Any]) -> bool:
    names = [field.name for field in fields(a) if field.name not in FREE]
    return type(a) is type(b) and all(getattr(a, name) == getattr(b, name) for name in names)
