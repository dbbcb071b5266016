"""The JSON Schema, with a small validator for the part of JSON Schema that it uses."""
import copy
import json
import re

import pytest

from core.errors import FormatError
from core.io import documents
from core.io.examples import EXAMPLES
from core.io.schema import document_schema
from core.layers import LAYERS

SCHEMA = document_schema()
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float)}
KNOWN = {"$schema", "title", "description", "default", "type", "required", "properties", "$defs", "$ref", "allOf",
         "anyOf", "not", "if", "then", "const", "enum",
         "items", "minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "minimum",
         "maximum", "additionalProperties", "propertyNames", "maxProperties"}


def valid(value, schema):
    """Whether `value` is valid; raises AssertionError for a keyword that this validator does not know."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        return valid(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    if "if" in schema and valid(value, schema["if"]) and not valid(value, schema["then"]):
        return False
    return (
        ("type" not in schema or is_a(value, schema["type"]))
        and ("const" not in schema or value == schema["const"])
        and ("enum" not in schema or value in schema["enum"])
        and all(valid(value, part) for part in schema.get("allOf", ()))
        and ("not" not in schema or not valid(value, schema["not"]))
        and ("anyOf" not in schema or any(valid(value, part) for part in schema["anyOf"]))
        and (isinstance(value, bool) or not isinstance(value, (int, float)) or in_range(value, schema))
        and (not isinstance(value, str)
             or schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)))
        and (not isinstance(value, list) or valid_list(value, schema))
        and (not isinstance(value, dict) or valid_object(value, schema))
    )


def is_a(value, name):
    return isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


def in_range(value, schema):
    return schema.get("minimum", value) <= value <= schema.get("maximum", value)


def valid_list(value, schema):
    long_enough = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
    different = not schema.get("uniqueItems") or all(item not in value[:i] for i, item in enumerate(value))
    return long_enough and different and all(valid(item, schema.get("items", {})) for item in value)


def valid_object(value, schema):
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    return (
        all(name in value for name in schema.get("required", ()))
        and all(valid(item, properties[name]) for name, item in value.items() if name in properties)
        and all(others is not False and valid(item, others) for name, item in value.items() if name not in properties)
        and all(valid(name, schema.get("propertyNames", {})) for name in value)
        and len(value) <= schema.get("maxProperties", len(value))
    )


def example(name="xor-mlp"):
    return json.loads(EXAMPLES[name].path.read_text("utf-8"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_valid(name):
    assert valid(example(name), SCHEMA)


def test_a_full_validator_agrees():
    validator = pytest.importorskip("jsonschema").Draft202012Validator(SCHEMA)
    for name in EXAMPLES:
        validator.validate(example(name))


def test_it_says_which_draft_it_follows_and_is_plain_json():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(SCHEMA, allow_nan=False)) == SCHEMA


def test_every_reference_leads_somewhere():
    names = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(SCHEMA)))
    assert names == set(SCHEMA["$defs"])


@pytest.mark.parametrize("kind", LAYERS)
def test_the_defaults_of_every_layer_are_valid(kind):
    layer = LAYERS[kind]
    tree = example()
    tree["nodes"]["extra"] = {"kind": kind, "version": layer.info.version, "params": layer.plain(layer().config())}
    assert valid(tree, SCHEMA)


def put(path, value):
    """The example with one value replaced."""
    tree = copy.deepcopy(example())
    *way, last = path
    here = tree
    for key in way:
        here = here[key]
    here[last] = value
    return tree


WRONG = [
    (["format"], "keras"), (["version"], 99), (["version"], "1"), (["nodes"], []), (["edges"], {}),
    (["nodes", "hidden", "params", "units"], 0), (["nodes", "hidden", "params", "units"], "four"),
    (["nodes", "hidden", "params", "bias"], 1),
    (["nodes", "hidden", "params", "initializer"], {"kind": "normal", "params": {"scale": -1}}),
    (["nodes", "hidden", "params"], 5), (["nodes", "hidden", "kind"], 3), (["nodes", "hidden", "position"], [0]),
    (["nodes", "hidden", "position"], [0, 1e9]), (["nodes", "hidden", "frozen"], "no"),
    (["nodes", "hidden", "title"], 1), (["nodes", "hidden", "version"], 0), (["nodes", "x" * 201], {"kind": "relu"}),
    (["edges", 0, "more"], 1), (["edges", 0, "port"], 1), (["training", "learning_rate"], -1),
    (["training", "epochs"], 0), (["training", "rule"], "hebb"),
    (["data", "validation"], 2), (["nodes", "hidden", "bypassed"], 1), (["nodes", "hidden", "neurons"], "yes"),
    (["edges", 0, "via"], [[1]]), (["edges", 0, "via"], 3), (["notes"], {"hint": {"text": 1}}), (["notes"], [1]),
    (["notes"], {"hint": {"size": [0, 4]}}), (["groups"], {"block": {"members": "hidden"}}),
    (["groups"], {"block": {"collapsed": 1}}), (["groups"], {"block": {"colour": 1}}),
]


@pytest.mark.parametrize(("path", "value"), WRONG, ids=lambda part: str(part)[:40])
def test_schema_and_reader_refuse_the_same(path, value):
    tree = put(path, value)
    assert not valid(tree, SCHEMA)
    with pytest.raises(FormatError):
        documents.loads(json.dumps(tree))


RIGHT = [
    (["nodes", "extra"], {"kind": "conv9d", "params": {"anything": [1]}}), (["remarks"], {"text": "hello"}),
    (["notes"], {"hint": {"text": "hello", "position": [1, 2], "size": [80, 40], "colour": "green"}}),
    (["groups"], {"block": {"title": "Block", "members": ["hidden"], "collapsed": True}}),
    (["nodes", "hidden", "colour"], "red"), (["training", "momentum"], 0.5),
    (["nodes", "hidden", "version"], 99), (["training", "optimizer"], "adam"),
    (["training", "optimizer"], {"kind": "newest", "params": {"beta": [1]}}), (["data", "source"], "largest"),
    (["training", "optimizer"], {"kind": "adam"}), (["nodes", "hidden"], {"kind": "dense"}),
]


@pytest.mark.parametrize(("path", "value"), RIGHT, ids=lambda part: str(part)[:40])
def test_schema_and_reader_allow_what_is_unknown_or_left_out(path, value):
    tree = put(path, value)
    assert valid(tree, SCHEMA)
    documents.loads(json.dumps(tree))
