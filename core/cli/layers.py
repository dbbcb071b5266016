"""`layerloom layers`: every kind of layer with its ports and parameters."""
from __future__ import annotations

import argparse
import inspect
from typing import TYPE_CHECKING, Any

from core.cli._base import Command, add_json, print_columns, print_json
from core.params import KindOf, Param

if TYPE_CHECKING:
    from core.layers import Layer


def _run(chosen: argparse.Namespace) -> int:
    from core.layers import LAYERS

    if chosen.json:
        print_json([_plain(layer) for layer in LAYERS.values()])
        return 0
    for number, layer in enumerate(LAYERS.values()):
        if number:
            print()
        _print(layer)
    return 0


def _plain(layer: type[Layer]) -> dict[str, Any]:
    info = layer.info
    return {
        "kind": info.kind, "title": info.title, "category": info.category, "summary": info.summary,
        "version": info.version, "keywords": list(info.keywords), "doc": inspect.getdoc(layer) or "",
        "inputs": [{"name": port.name, "doc": port.doc} for port in layer.inputs],
        "output": layer.role != "output",
        "params": layer.schema()["properties"],
    }


def _print(layer: type[Layer]) -> None:
    info = layer.info
    print(f"{info.kind}  {info.title} ({info.category}): {info.summary}")
    rows = [("in", port.name, port.doc) for port in layer.inputs]
    rows += [("param", name, f"{param.doc} It is {_wanted(param)}; {_default(layer, name)} by default.")
             for name, param in layer.params.items()]
    if rows:
        print_columns(rows, indent="    ")


def _wanted(param: Param[Any]) -> str:
    return f"one of {', '.join(param.of)}" if isinstance(param, KindOf) else param.wanted


def _default(layer: type[Layer], name: str) -> str:
    value = layer.plain({name: layer.params[name].initial})[name]
    value = value["kind"] if isinstance(value, dict) else value
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


Command(name="layers", summary="List every layer with its ports and parameters.", arguments=add_json, run=_run)
