"""The commands that list what there is: examples, layers, schema, check, export."""
import json

import numpy as np
import pytest

from core.io import documents, weights
from core.io.examples import EXAMPLES
from core.io.exporters import EXPORTERS
from core.io.schema import document_schema
from core.layers import LAYERS
from tests.core.cli.conftest import refused

MALFORMED = {
    "empty": (b"", ["line 1, column 1"]),
    "text": (b"hello", ["line 1, column 1"]),
    "truncated": (b'{"format": "layerloom", "version": 1, "nodes": {', ["line 1"]),
    "binary": (bytes(range(256)), ["UTF-8"]),
    "a list": (b"[1, 2]", ["not a Layerloom network"]),
    "foreign": (b'{"nodes": {}}', ["not a Layerloom network"]),
    "newer": (b'{"format": "layerloom", "version": 999}', ["newer"]),
    "version": (b'{"format": "layerloom", "version": "one"}', ["version"]),
    "deep": (b"[" * 10_000 + b"]" * 10_000, ["nested too deeply"]),
    "NaN": (b'{"format": "layerloom", "version": 1, "training": {"learning_rate": NaN}}', ["NaN"]),
    "infinity": (b'{"format": "layerloom", "version": 1, "training": {"learning_rate": 1e999}}', ["1e999"]),
    "twice": (b'{"format": "layerloom", "version": 1, "nodes": {}, "nodes": {}}', ['"nodes" stands there twice']),
    "type": (b'{"format": "layerloom", "version": 1, "nodes": {"d": {"kind": "dense", "params": {"units": "four"}}}}',
             ["nodes.d.params.units", "whole number", '"four"']),
    "nowhere": (b'{"format": "layerloom", "version": 1, "edges": [{"from": "a", "port": "x", "to": "b"}]}',
                ["edges[0]", '"a"']),
}


@pytest.mark.parametrize("command", ["check", "train", "export"])
@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_file_gives_one_sentence_that_names_file_and_place(layerloom, tmp_path, command, case):
    content, words = MALFORMED[case]
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    more = ["--to", "npz", "--out", tmp_path / "out.npz"] if command == "export" else []
    assert refused(layerloom(command, path, *more), "broken.json", *words)
    assert {p.name for p in tmp_path.iterdir()} == {"broken.json"}
    assert path.read_bytes() == content


@pytest.mark.parametrize("command", ["check", "train"])
def test_a_folder_or_nothing_where_a_file_should_be_is_said(layerloom, tmp_path, command):
    assert refused(layerloom(command, tmp_path), "cannot be read")
    assert refused(layerloom(command, tmp_path / "missing.json"), "missing.json cannot be read")
    assert refused(layerloom(command, "example:xor_mlp"), "Did you mean 'xor-mlp'?")


def test_the_examples_are_listed_in_order_with_what_they_show(layerloom):
    lines = layerloom("examples").out.splitlines()
    assert [line.split()[0] for line in lines] == [f"example:{name}" for name in EXAMPLES]
    listed = json.loads(layerloom("examples", "--json").out)
    assert [item["id"] for item in listed] == list(EXAMPLES)
    assert all(item.keys() == {"id", "file", "title", "summary"} for item in listed)


def test_every_layer_is_listed_with_ports_and_parameters(layerloom):
    listed = {item["kind"]: item for item in json.loads(layerloom("layers", "--json").out)}
    assert listed.keys() == set(LAYERS)
    assert listed["dense"]["inputs"] == [{"name": "x", "doc": "features on the last axis"}]
    assert listed["dense"]["params"]["units"]["maximum"] == 65_536
    assert listed["input"]["inputs"] == []
    assert [item["kind"] for item in listed.values() if not item["output"]] == ["output"]
    text = layerloom("layers").out
    assert all(layer.info.summary in text for layer in LAYERS.values())
    assert "one of" in next(line for line in text.splitlines() if "initializer" in line)


def test_the_schema_is_printed(layerloom):
    assert json.loads(layerloom("schema").out) == document_schema()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_in_order(layerloom, name):
    assert layerloom("check", f"example:{name}") == (0, "No problems.\n", "")


def test_check_says_all_problems_at_once_and_ends_with_status_1(layerloom, tmp_path):
    tree = json.loads(EXAMPLES["xor-mlp"].path.read_text("utf-8"))
    tree["nodes"]["strange"] = {"kind": "conv9d"}
    tree["edges"] = [edge for edge in tree["edges"] if edge["from"] != "input"]
    (tmp_path / "bad.json").write_text(json.dumps(tree))
    ran = layerloom("check", tmp_path / "bad.json")
    assert ran.status == 1
    assert ran.err == ""
    assert "error: strange: There is no layer 'conv9d'." in ran.out
    assert "error: hidden: Dense: its input is not connected." in ran.out
    told = json.loads(layerloom("check", tmp_path / "bad.json", "--json").out)
    assert told["ok"] is False
    assert {"port.open", "node.kind"} <= {problem["code"] for problem in told["problems"]}
    assert refused(layerloom("train", tmp_path / "bad.json"), "no layer 'conv9d'")


def test_check_gives_shapes_as_json(layerloom):
    told = json.loads(layerloom("check", "example:iris", "--json").out)
    assert told["ok"] is True
    assert told["problems"] == []
    assert told["shapes"]["species_softmax"] == [3]


@pytest.mark.parametrize("kind", EXPORTERS)
def test_trained_weights_are_handed_on_bit_for_bit(layerloom, tmp_path, kind):
    layerloom("train", "example:iris", "--epochs", 3, "--quiet", "--out", tmp_path)
    target = tmp_path / "handed.on"
    ran = layerloom("export", tmp_path / "network.json", "--to", kind, "--out", target,
                    "--weights", tmp_path / "weights.npz")
    assert ran == (0, "", "")
    assert target.read_bytes() == (tmp_path / f"weights{EXPORTERS[kind].suffix}").read_bytes()


def test_without_weights_those_before_training_are_exported_and_that_is_said(layerloom, tmp_path):
    ran = layerloom("export", "example:perceptron-and", "--to", "npz", "--out", tmp_path / "w.npz")
    assert ran.status == 0
    assert "before training" in ran.err
    assert np.array_equal(weights.read(tmp_path / "w.npz")["neuron.W"], np.zeros((2, 1), np.float32))


def test_weights_of_another_network_are_refused_and_nothing_is_written(layerloom, tmp_path):
    layerloom("train", "example:iris", "--epochs", 1, "--quiet", "--out", tmp_path)
    ran = layerloom("export", "example:xor-mlp", "--to", "npz", "--out", tmp_path / "new.npz",
                    "--weights", tmp_path / "weights.npz")
    assert refused(ran, "do not fit this network")
    assert not (tmp_path / "new.npz").exists()


def test_an_export_that_cannot_be_written_is_said(layerloom, tmp_path):
    ran = layerloom("export", "example:iris", "--to", "npz", "--out", tmp_path / "missing" / "w.npz")
    assert ran.status == 1
    assert "the folder does not exist" in ran.err.splitlines()[-1]


def test_what_train_leaves_can_be_trained_again(layerloom, tmp_path):
    layerloom("train", "example:xor-mlp", "--epochs", 2, "--quiet", "--out", tmp_path)
    assert documents.read(tmp_path / "network.json").training["epochs"] == 2
    assert layerloom("train", tmp_path / "network.json", "--quiet").status == 0
