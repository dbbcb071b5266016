"""The JSON Schema of documents, made from the declarations: what editors complete and check files with."""
from __future__ import annotations

from typing import Any

from core.graph.edits import FAR
from core.graph.settings import DataSettings, TrainingSettings
from core.io.decode import NODES
from core.io.documents import FORMAT
from core.io.migrations import VERSION
from core.layers import LAYERS, Layer

DRAFT = "https://json-schema.org/draft/2020-12/schema"
LONGEST_NAME = 200


def document_schema() -> dict[str, Any]:
    """The schema of a whole file, as plain values. Unknown kinds and fields are allowed, as they are when reading."""
    return {
        "$schema": DRAFT,
        "title": "Layerloom network",
        "description": "A neural network with the data and the training that belong to it.",
        "type": "object",
        "required": ["format", "version"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"type": "integer", "minimum": 1, "maximum": VERSION},
            "nodes": {"type": "object", "maxProperties": NODES, "additionalProperties": {"$ref": "#/$defs/node"},
                      "propertyNames": {"minLength": 1, "maxLength": LONGEST_NAME}},
            "edges": {"type": "array", "items": {"$ref": "#/$defs/edge"}},
            "data": {"description": "Which samples, how they are prepared and split.", **DataSettings.schema()},
            "training": {"description": "How the network is trained.", **TrainingSettings.schema()},
        },
        "$defs": {"node": _node(), "edge": _edge()},
    }


def _node() -> dict[str, Any]:
    place = {"type": "number", "minimum": -FAR, "maximum": FAR}
    return {
        "description": "One layer on the canvas.",
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {"type": "string", "minLength": 1, "description": f"The layer's id: {', '.join(LAYERS)}."},
            "params": {"type": "object"},
            "position": {"type": "array", "items": place, "minItems": 2, "maxItems": 2,
                         "description": "Left and top edge of the card, in canvas units."},
            "title": {"type": "string", "description": "A name of its own; that of its kind if empty."},
            "frozen": {"type": "boolean", "default": False, "description": "Keep its weights while others train."},
            "version": {"type": "integer", "minimum": 1, "default": 1, "description": "Of the kind's parameters."},
        },
        "allOf": [_params(layer) for layer in LAYERS.values()],
    }


def _params(layer: type[Layer]) -> dict[str, Any]:
    """Checks the parameters of one kind, if they are of the version that is known here; left out, it is 1."""
    version = layer.info.version
    kind = {"kind": {"const": layer.info.kind}, "version": {"const": version}}
    needed = ["kind"] if version == 1 else ["kind", "version"]
    return {"if": {"properties": kind, "required": needed}, "then": {"properties": {"params": layer.schema()}}}


def _edge() -> dict[str, Any]:
    ends = {"from": "The node that it leaves.", "to": "The node where it arrives.", "port": "The input that it feeds."}
    return {
        "description": "A wire.",
        "type": "object",
        "required": list(ends),
        "additionalProperties": False,
        "properties": {end: {"type": "string", "description": doc} for end, doc in ends.items()},
    }
