"""The JSON Schema of documents, made from the declarations: what editors complete and check files with."""
from __future__ import annotations

from typing import Any

from core.graph.document import COLOURS
from core.graph.edits import FAR
from core.graph.rewire import MOST_POINTS
from core.graph.settings import DataSettings, TrainingSettings
from core.io.decode import NODES
from core.io.documents import FORMAT
from core.io.furniture import LONGEST_TEXT, LONGEST_TITLE
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
            "notes": {"type": "object", "additionalProperties": {"$ref": "#/$defs/note"}},
            "groups": {"type": "object", "additionalProperties": {"$ref": "#/$defs/group"}},
            "data": {"description": "Which samples, how they are prepared and split.", **DataSettings.schema()},
            "training": {"description": "How the network is trained.", **TrainingSettings.schema()},
        },
        "$defs": {"node": _node(), "edge": _edge(), "note": _note(), "group": _group()},
    }


def _node() -> dict[str, Any]:
    return {
        "description": "One layer on the canvas.",
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {"type": "string", "minLength": 1, "description": f"The layer's id: {', '.join(LAYERS)}."},
            "params": {"type": "object"},
            "position": _point("Left and top edge of the card, in canvas units."),
            "title": {"type": "string", "description": "A name of its own; that of its kind if empty."},
            "frozen": {"type": "boolean", "default": False, "description": "Keep its weights while others train."},
            "bypassed": {"type": "boolean", "default": False, "description": "Hand the first input on as it is."},
            "neurons": {"type": "boolean", "default": False, "description": "Draw it as single neurons."},
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
        "properties": {**{end: {"type": "string", "description": doc} for end, doc in ends.items()},
                       "via": {"type": "array", "maxItems": MOST_POINTS,
                               "items": _point("A point that it is led through."),
                               "description": "Where the wire is led through, in order."}},
    }


def _note() -> dict[str, Any]:
    return {
        "description": "A piece of text on the canvas.",
        "type": "object",
        "properties": {"text": {"type": "string", "maxLength": LONGEST_TEXT}, "position": _point("Left and top edge."),
                       "size": _point("Width and height.", lowest=1), "colour": _colour()},
    }


def _group() -> dict[str, Any]:
    return {
        "description": "Nodes with a frame around them, which move together.",
        "type": "object",
        "properties": {"title": {"type": "string", "maxLength": LONGEST_TITLE},
                       "members": {"type": "array", "items": {"type": "string"}}, "colour": _colour(),
                       "collapsed": {"type": "boolean", "default": False}},
    }


def _colour() -> dict[str, Any]:
    return {"type": "string", "description": f"One of {', '.join(COLOURS)}."}


def _point(doc: str, *, lowest: float | None = None) -> dict[str, Any]:
    low = {"minimum": -FAR} if lowest is None else {"minimum": lowest}
    number = {"type": "number", "maximum": FAR, **low}
    return {"type": "array", "items": number, "minItems": 2, "maxItems": 2, "description": doc}
