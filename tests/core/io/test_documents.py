"""The format: what a saved network looks like, and that nothing gets lost."""
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import FormatError
from core.graph import edits
from core.graph.check import check
from core.graph.document import Document, Edge, Group, Node, Note, diff
from core.io import documents, examples
from core.io.migrations import MIGRATIONS, VERSION
from core.layers import LAYERS
from core.params import Kind
from tests.core._build import chain, dense, xor

DATA = Path(__file__).parents[2] / "data"
V1, V2 = (DATA / f"network_v{version}.json" for version in (1, 2))
FILES = {"every field": documents.read(V1), "every later field": documents.read(V2)}
ALL = {name: examples.load(name) for name in examples.EXAMPLES} | FILES
each = pytest.mark.parametrize("doc", ALL.values(), ids=ALL)


@each
def test_a_saved_document_comes_back_equal_and_is_written_the_same_again(doc):
    text = documents.dumps(doc)
    assert documents.loads(text) == doc
    assert documents.dumps(documents.loads(text)) == text


@each
def test_format_and_version_stand_first_and_all_other_keys_are_sorted(doc):
    text = documents.dumps(doc)
    assert text.startswith(f'{{\n  "format": "layerloom",\n  "version": {VERSION},\n')

    def keys(pairs, top=[True]):  # noqa: B006
        names = [name for name, _ in pairs]
        rest = names[2:] if names[:2] == ["format", "version"] else names
        assert rest == sorted(rest)
        return dict(pairs)

    json.loads(text, object_pairs_hook=keys)


@each
def test_every_edge_stands_on_a_line_of_its_own_in_order(doc):
    lines = re.findall(r'^    (\{"from": .*\}),?$', documents.dumps(doc), re.MULTILINE)
    rows = [json.loads(line) for line in lines]
    assert all(list(row) in (["from", "port", "to"], ["from", "port", "to", "via"]) for row in rows)
    assert {Edge(row["from"], row["to"], row["port"]) for row in rows} == doc.edges
    assert rows == sorted(rows, key=lambda row: (row["from"], row["to"], row["port"]))


@each
def test_the_text_is_indented_by_two_and_ends_with_a_line_break(doc):
    text = documents.dumps(doc)
    assert text.endswith("}\n")
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    assert all(len(indent) % 2 == 0 for indent in re.findall(r"^( *)", text, re.MULTILINE))
    assert "\t" not in text


def test_equal_documents_give_equal_text_whatever_the_order_of_building():
    doc = xor()
    shuffled = Document(dict(reversed(doc.nodes.items())), frozenset(sorted(doc.edges, reverse=True)),
                        dict(reversed(doc.data.items())), dict(reversed(doc.training.items())))
    assert documents.dumps(shuffled) == documents.dumps(doc)


def test_an_empty_document_and_one_without_wires_can_be_saved():
    for doc in (edits.empty(), edits.add_node(edits.empty(), Node("a", "dense"))):
        assert documents.loads(documents.dumps(doc)) == doc
    assert '"edges": []' in documents.dumps(edits.empty())


def test_whole_numbers_of_positions_are_written_short():
    doc = edits.add_node(edits.empty(), Node("a", "relu", position=(8.0, -0.5)))
    assert json.loads(documents.dumps(doc))["nodes"]["a"]["position"] == [8, -0.5]


def test_other_scripts_are_written_as_they_are():
    doc = edits.rename(xor(), "dense", "Größe 特徴 🧠")
    assert "Größe 特徴 🧠" in documents.dumps(doc)
    assert documents.loads(documents.dumps(doc)) == doc


def test_half_a_character_survives_too():
    doc = replace(edits.rename(xor(), "dense", "half \ud83e of one"), extra={"\udfff": "\ud800"})
    text = documents.dumps(doc)
    text.encode()
    assert documents.loads(text.encode()) == doc


def test_a_file_is_written_and_read_back(tmp_path):
    file = tmp_path / "network.json"
    documents.write(xor(), file)
    assert documents.read(file) == xor()
    assert file.read_bytes() == documents.dumps(xor()).encode()
    assert [p.name for p in tmp_path.iterdir()] == ["network.json"]


NEWER_TRAINING = {
    "clip_norm": 0.0, "clip_value": 0.0, "schedule": {"kind": "constant", "params": {}}, "early_stopping": 0,
    "monitor": "auto", "min_delta": 0.0, "restore_best": False,
}
NEWER_DATA = {"roles": {}, "split": "stratified", "split_column": "", "folds": 5, "fold": 1}
NEWER_WEIGHTS = {"l1": 0.0, "l2": 0.0, "max_norm": 0.0}


def holds(new, old):
    """Whether nothing of `old` is lost in `new`, which may have more settings."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(name in new and holds(new[name], value) for name, value in old.items())
    if isinstance(old, list):
        return isinstance(new, list) and len(new) == len(old) and all(map(holds, new, old))
    return new == old


def completed(body):
    """The file of version 1 with the settings that did not exist when it was written, at what they mean by default."""
    body["version"] = VERSION
    assert body["data"].pop("scaling") == "standardise"
    body["data"] |= {"steps": [{"kind": "standardise", "params": {"columns": []}}], **NEWER_DATA}
    body["training"] |= NEWER_TRAINING
    # The node "newer" comes from a later version of its kind, which this one leaves alone.
    for name, node in body["nodes"].items():
        if node["kind"] == "dense" and name != "newer":
            node["params"] |= NEWER_WEIGHTS
    output = body["nodes"]["output"]["params"]
    output |= {"target": "auto", "weight": 1.0}
    output["loss"]["params"] |= {"label_smoothing": 0.0, "class_weights": []}
    return body


def test_the_file_of_version_1_is_written_again_with_nothing_but_newer_settings_added():
    again = documents.dumps(documents.read(V1))
    assert json.loads(again) == completed(json.loads(V1.read_text("utf-8")))
    assert documents.dumps(documents.loads(again)) == again


def test_the_file_of_version_2_loses_nothing_when_it_is_written_again():
    again = documents.dumps(documents.read(V2))
    assert holds(json.loads(again), json.loads(V2.read_text("utf-8")))
    assert documents.dumps(documents.loads(again)) == again


def test_every_field_of_version_2_is_understood():
    doc = documents.read(V2)
    assert dict(doc.data["roles"]) == {"petal width (cm)": "target", "sepal width (cm)": "ignore", "species": "ignore"}
    assert doc.data["steps"] == (Kind("min_max", {"columns": ("petal length (cm)",)}),
                                 Kind("standardise", {"columns": ("sepal length (cm)",)}))
    assert doc.data["split"] == "random"
    assert doc.nodes == documents.read(V1).nodes
    assert doc.notes["note"] == Note("note", "What it is about.", (0.0, -160.0), (224.0, 96.0), "blue")
    assert doc.groups["group"] == Group("group", "Body", frozenset({"hidden", "relu"}), "green")


@pytest.mark.parametrize(("scaling", "steps"), [
    ("none", []), ("standardise", ["standardise"]), ("min_max", ["min_max"])])
def test_the_scaling_of_version_1_became_a_step(scaling, steps):
    doc = documents.loads(f'{{"format": "layerloom", "version": 1, "data": {{"scaling": "{scaling}"}}}}')
    assert [step.kind for step in doc.data["steps"]] == steps
    assert "scaling" not in doc.data


def test_a_scaling_that_version_1_did_not_have_is_refused():
    with pytest.raises(FormatError, match=r"data\.scaling: one of none, standardise, min_max, got 'log'"):
        documents.loads('{"format": "layerloom", "version": 1, "data": {"scaling": "log"}}')


def test_every_released_version_has_a_file_that_still_opens():
    for version in range(1, VERSION + 1):
        assert json.loads((DATA / f"network_v{version}.json").read_bytes())["version"] == version
        documents.read(DATA / f"network_v{version}.json")
    assert len(MIGRATIONS) == VERSION - 1


def test_every_field_of_version_1_is_understood():
    doc = documents.read(V1)
    assert {node.kind for node in doc.nodes.values()} - {"attention_of_tomorrow"} <= set(LAYERS)
    hidden = doc.nodes["hidden"]
    assert (hidden.title, hidden.frozen, hidden.position) == ("Größe — 特徴", True, (224.0, 56.5))
    normal = Kind("normal", {"scale": 0.05})
    assert hidden.params == {"units": 16, "bias": False, "initializer": normal, **NEWER_WEIGHTS}
    assert doc.nodes["input"].params == {"shape": (4,)}
    assert doc.nodes["output"].params["loss"].kind == "sparse_categorical_crossentropy"
    assert {k: doc.data[k] for k in ("steps", "encoding", "validation", "test", "seed")} == {
        "steps": (Kind("standardise", {"columns": ()}),), "encoding": "label", "validation": 0.2, "test": 0.15,
        "seed": 7}
    assert doc.data["source"] == Kind("iris", {})
    assert doc.training["optimizer"] == Kind("adam", {"beta1": 0.85, "beta2": 0.99, "epsilon": 1e-7})
    assert {k: v for k, v in doc.training.items() if k not in ("optimizer", "warmup", *NEWER_TRAINING)} == {
        "rule": "gradient", "learning_rate": 0.003, "batch_size": 16, "epochs": 250, "l2": 0.0001, "shuffle": False,
        "seed": 11}
    assert doc.sources("attention") == {"query": "tanh", "key": "linear"}


def test_what_this_version_does_not_know_is_kept_and_reported():
    doc = documents.read(V1)
    assert doc.extra.keys() == {"about", "regions", "remarks"}
    assert doc.nodes["attention"].params["masks"] == [True, None, {"deep": "value"}]
    assert doc.nodes["attention"].extra == {"colour": "#0877bd"}
    assert doc.nodes["scores"].params["sparsity"] == 0.5
    found = {(p.code, p.node, p.param) for p in check(doc).problems}
    assert found >= {("node.kind", "attention", None), ("param.unknown", "scores", "sparsity"),
                     ("settings.unknown", None, "augment"), ("settings.unknown", None, "warmup"),
                     ("param.value", "newer", "units")}


def test_unknown_parts_survive_edits_of_everything_else():
    doc = documents.read(V1)
    doc = edits.set_params(edits.move(doc, {"scores": (1, 1)}), "scores", {"units": 5})
    doc = edits.set_training(edits.set_data(doc, {"seed": 1}), {"epochs": 3})
    back = documents.loads(documents.dumps(doc))
    assert back == doc
    assert back.nodes["scores"].params["sparsity"] == 0.5
    assert back.nodes["scores"].extra == {"comment": "kept"}
    assert back.data["augment"] == ["flip"]
    assert back.training["warmup"] == 5
    assert back.extra == documents.read(V1).extra


def test_a_layer_of_a_newer_version_keeps_its_parameters_unread():
    doc = documents.read(V1)
    assert doc.nodes["newer"].version == 9
    assert doc.nodes["newer"].params == {"units": "wide", "initializer": "from_the_future"}
    assert '"initializer": "from_the_future"' in documents.dumps(doc)


def test_what_an_older_file_leaves_out_gets_its_default():
    doc = documents.loads('{"format": "layerloom", "version": 1, "nodes": {"a": {"kind": "dense"}}}')
    assert doc == edits.add_node(edits.empty(), Node("a", "dense"))


def test_kinds_may_be_written_by_their_id_alone():
    doc = documents.loads('{"format": "layerloom", "version": 1, "data": {"source": "iris"}, '
                          '"training": {"optimizer": "adam"}}')
    assert doc == edits.set_training(edits.set_data(edits.empty(), {"source": "iris"}), {"optimizer": "adam"})


@pytest.mark.parametrize("version", [VERSION + 1, 7, 999_999])
def test_a_newer_format_is_refused_in_one_sentence(version):
    text = documents.dumps(xor()).replace(f'"version": {VERSION},', f'"version": {version},', 1)
    with pytest.raises(FormatError) as caught:
        documents.loads(text, "net.json")
    problem = caught.value.problem
    assert problem.message == (f"net.json: it was written by a newer Layerloom (format {version}; this one reads up "
                               f"to {VERSION}).")
    assert problem.hint == "Update Layerloom to open it."


def test_older_parameters_of_a_layer_are_brought_up_to_date(monkeypatch):
    kind = LAYERS["dense"]
    monkeypatch.setattr(kind, "info", replace(kind.info, version=2))
    monkeypatch.setattr(kind, "upgrade", classmethod(lambda cls, params, version: {"units": params["neurons"]}))
    doc = documents.loads('{"format": "layerloom", "version": 1, "nodes": {"a": {"kind": "dense", "version": 1, '
                          '"params": {"neurons": 12}}}}')
    assert doc.nodes["a"].params["units"] == 12
    assert doc.nodes["a"].version == 2


def test_a_byte_order_mark_and_windows_line_ends_are_accepted():
    text = documents.dumps(ALL["every field"])
    assert documents.loads(b"\xef\xbb\xbf" + text.encode()) == ALL["every field"]
    assert documents.loads(text.replace("\n", "\r\n").encode()) == ALL["every field"]


def test_a_document_made_by_hand_with_plain_values_can_be_saved():
    doc = Document({"a": Node("a", "dense", {"units": 3, "initializer": "zeros"})},
                   data={"source": "iris"}, training={"optimizer": {"kind": "adam"}})
    assert documents.loads(documents.dumps(doc)).nodes["a"].params["initializer"] == Kind("zeros", {})


def test_a_large_network_makes_the_round_trip():
    doc = chain(*[dense(3)] * 300)
    assert documents.loads(documents.dumps(doc)) == doc


def test_a_loss_an_optimizer_a_data_set_of_a_newer_version_survive_and_are_problems() -> None:
    body = json.loads(documents.dumps(examples.load("xor-mlp")))
    body["training"]["optimizer"] = {"kind": "newest", "params": {"beta": [1, {"a": 2}]}}
    body["nodes"]["output"]["params"]["loss"] = {"kind": "finest", "params": {}}
    body["data"]["source"] = {"kind": "largest", "params": {"rows": 5}}
    document = documents.loads(json.dumps(body))
    again = json.loads(documents.dumps(document))
    assert again["training"]["optimizer"] == body["training"]["optimizer"]
    assert again["nodes"]["output"] == body["nodes"]["output"]
    assert again["data"]["source"] == body["data"]["source"]
    assert {problem.param for problem in check(document).problems} == {"optimizer", "loss", "source"}


def test_notes_groups_and_ways_of_wires_come_back_as_they_were():
    doc = documents.read(V1)
    wire = next(e for e in sorted(doc.edges) if e.target == "hidden")
    doc = replace(edits.bypass(doc, "tanh", True),
                  notes={"why": Note("why", "Größe\nmatters", (1.5, -2.0), (120.0, 40.0), "amber")},
                  groups={"front": Group("front", "Front", frozenset({"hidden", "tanh"}), "green", collapsed=True)},
                  routes={wire: ((8.0, 16.0), (24.5, 3.0))})
    back = documents.loads(documents.dumps(doc))
    assert back == doc
    assert not diff(doc, back)


def test_groups_of_a_file_hold_each_node_once_and_only_those_that_are_there():
    tree = json.loads(documents.dumps(documents.read(V1)))
    tree["groups"] = {"a": {"members": ["hidden", "ghost"]}, "b": {"members": ["hidden", "tanh"]}, "c": {"members": []}}
    doc = documents.loads(json.dumps(tree))
    assert {name: set(group.members) for name, group in doc.groups.items()} == {"a": {"hidden"}, "b": {"tanh"}}
