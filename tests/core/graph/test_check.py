"""Every finding, by a small document that has it."""
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.datasets import DataSpec
from core.graph import edits
from core.graph.check import check
from core.graph.document import Document, Edge, Node
from core.graph.target import target_problems
from core.io import examples
from tests.core._build import chain, dense, xor


def with_node(doc, name, **changes):
    """The document with one record replaced behind the back of the edits."""
    return replace(doc, nodes={**doc.nodes, name: replace(doc.nodes[name], **changes)})


def without(doc, *names):
    return edits.remove_nodes(doc, names)


def perceptron(**training):
    return chain(dense(1), "step", rule="perceptron", **training)


def dangling():
    doc = edits.add_node(xor(), Node("side", "dense"))
    return edits.connect(doc, Edge("dense", "side"))


def behind_the_end():
    doc = edits.add_node(xor(), Node("side", "dense"))
    return replace(doc, edges=doc.edges | {Edge("output", "side")})


def loop():
    doc = xor()
    return replace(doc, edges=doc.edges - {Edge("input", "dense")} | {Edge("sigmoid", "dense")})


CASES = {
    "node.kind": with_node(xor(), "sigmoid", kind="sigmod"),
    "param.value": with_node(xor(), "dense", params={"units": "four"}),
    "param.kind": with_node(xor(), "dense", params={"initializer": "no_such"}),
    "param.unknown": with_node(xor(), "dense", params={**xor().nodes["dense"].params, "future": 1}),
    "settings.unknown": replace(xor(), training={**xor().training, "future": 1}),
    "data.shares": edits.set_data(xor(), {"validation": 0.5, "test": 0.5}),
    "data.share": chain(dense(10), source="mnist", data={"test": 0.1}),
    "data.columns": edits.set_data(xor(), {"source": {"kind": "make_classification", "params": {"features": 3}}}),
    "graph.cycle": loop(),
    "edge.nowhere": replace(xor(), edges=xor().edges | {Edge("dense", "ghost")}),
    "edge.taken": replace(xor(), edges=xor().edges | {Edge("input", "dense_2")}),
    "edge.port": replace(xor(), edges=xor().edges | {Edge("dense", "dense_2", "zzz")}),
    "edge.source": behind_the_end(),
    "graph.input": without(xor(), "input"),
    "graph.output": without(xor(), "output"),
    "graph.idle": dangling(),
    "graph.weights": chain("softmax", source={"kind": "make_classification", "params": {
        "features": 3, "informative": 3, "redundant": 0, "classes": 3}}),
    "graph.frozen": edits.freeze(edits.freeze(xor(), "dense", True), "dense_2", True),
    "port.open": edits.disconnect(xor(), [Edge("dense", "sigmoid")]),
    "input.shape": edits.set_params(xor(), "input", {"shape": [7]}),
    "loss.activation": chain(dense(1), "tanh", loss="binary_crossentropy"),
    "loss.encoding": chain(dense(3), source="iris", loss="mse", data={"encoding": "label"}),
    "output.width": chain(dense(2), source="iris"),
    "rule.perceptron": chain(dense(1), "sigmoid", rule="perceptron"),
    "rule.flat": chain(dense(1), "step"),
}
WARNINGS = {"param.unknown", "settings.unknown", "graph.idle", "loss.activation", "rule.flat"}
each_code = pytest.mark.parametrize("code", list(CASES))


@each_code
def test_each_finding_is_made_where_it_belongs_and_says_what_to_do(code):
    found = [p for p in check(CASES[code]).problems if p.code == code]
    assert found, check(CASES[code]).problems
    for problem in found:
        assert problem.severity == ("warning" if code in WARNINGS else "error")
        assert problem.message.endswith((".", "?"))
        assert problem.text.startswith(problem.message)
        assert problem.hint.endswith((".", "?")) or code.startswith("param.") or "Did you mean" in problem.message


@each_code
def test_a_cause_stands_alone_without_its_consequences(code):
    codes = [p.code for p in check(CASES[code]).problems]
    # Both are findings of their own: what is cut off from the Output, and where a wire is missing.
    beside = {"port.open": {"graph.idle"}, "graph.input": {"port.open"}, "graph.cycle": {"graph.idle"},
              "edge.source": {"graph.idle"}}
    assert set(codes) <= {code} | beside.get(code, set())


@each_code
def test_errors_stand_before_warnings(code):
    severities = [p.severity for p in check(CASES[code]).problems]
    assert severities == sorted(severities, key=lambda s: s != "error")


def test_a_sound_document_has_no_problems():
    for doc in (xor(), perceptron(), *(examples.load(name) for name in examples.EXAMPLES)):
        report = check(doc)
        assert report.ok
        assert report.problems == ()
        assert set(report.shapes) == set(doc.nodes)
        assert sorted(report.live) == sorted(doc.nodes)


def test_shapes_follow_the_wires():
    report = check(chain(dense(7), "relu", dense(3), source="iris"))
    assert report.shapes == {"input": (4,), "dense": (7,), "relu": (7,), "dense_2": (3,), "output": (3,)}


def test_an_empty_document_is_told_what_it_needs():
    assert [p.code for p in check(edits.empty()).problems] == ["graph.input", "graph.output"]
    assert [p.code for p in check(Document()).problems] == ["graph.input", "graph.output"]


def test_an_output_with_wrong_parameters_is_not_called_missing():
    problems = check(with_node(xor(), "output", params={"loss": "no_such"})).problems
    assert [p.code for p in problems] == ["param.kind"]
    assert problems[0].node == "output"


def test_an_output_that_hangs_on_a_loop_is_not_called_missing():
    assert "graph.output" not in [p.code for p in check(loop()).problems]


def test_the_loop_is_named_with_its_members():
    (problem,) = [p for p in check(loop()).problems if p.code == "graph.cycle"]
    assert problem.message == "These nodes form a loop: sigmoid, dense."


def test_a_share_for_the_test_is_refused_where_the_data_bring_a_test_part():
    (problem,) = check(CASES["data.share"]).problems
    assert (problem.param, problem.hint) == ("test", "Set the test share to 0.")
    assert problem.message.startswith("MNIST brings a test part of its own")
    assert check(edits.set_data(CASES["data.share"], {"test": 0.0, "validation": 0.1})).ok


def test_data_that_cannot_be_had_is_the_only_problem():
    doc = edits.set_params(CASES["data.columns"], "input", {"shape": []})
    assert [p.code for p in check(doc).problems] == ["data.columns"]


def test_nodes_behind_an_unknown_kind_are_not_blamed():
    report = check(CASES["node.kind"])
    assert [p.code for p in report.problems] == ["node.kind"]
    assert "dense_2" not in report.shapes
    assert "Did you mean 'sigmoid'?" in report.problems[0].message


@pytest.mark.parametrize(("code", "node", "port", "text"), [
    ("edge.taken", "dense_2", "x",
     "The input x of dense_2 has two wires, from input and from sigmoid. Remove one of them."),
    ("edge.port", "dense_2", "zzz",
     "Dense has no input 'zzz'. Its inputs are x: let the wire from dense end there, or remove it."),
    ("edge.source", "output", None,
     "Output is the end of the network: nothing leaves it. Wire the layer before it instead."),
])
def test_a_wire_that_no_edit_would_have_drawn_is_named_with_its_place(code, node, port, text):
    (problem,) = [p for p in check(CASES[code]).problems if p.code == code]
    assert (problem.node, problem.port, problem.text) == (node, port, text)


def test_of_two_wires_into_one_input_neither_gives_a_shape():
    assert "dense_2" not in check(CASES["edge.taken"]).shapes


def test_every_open_input_that_matters_is_named_once():
    doc = edits.disconnect(xor(), [Edge("dense", "sigmoid"), Edge("dense_2", "sigmoid_2")])
    assert [p.node for p in check(doc).problems if p.code == "port.open"] == ["sigmoid_2"]


def test_findings_can_be_asked_for_by_node():
    report = check(CASES["port.open"])
    assert [p.code for p in report.of("sigmoid")] == ["port.open"]
    assert report.of("nobody") == ()


def test_the_width_of_the_output_is_asked_for_in_words():
    (problem,) = check(CASES["output.width"]).problems
    assert problem.text == ("Output: gets (2), but Mean squared error with 3 classes needs (3). "
                            "Set the last Dense layer to 3 units.")


@pytest.mark.parametrize(("layers", "hint"), [
    ([dense(2), "relu", ("dropout", {"rate": 0.1})], "Set the last Dense layer to 3 units."),
    ([], "Put a Dense layer of 3 units before it."),
    ([dense(4), ("reshape", {"target": [2, 2]})], "Put Flatten and a Dense layer of 3 units before it."),
    ([dense(4), ("reshape", {"target": [2, 2]}), "flatten"], "Put a Dense layer of 3 units before it."),
])
def test_what_to_do_about_the_width_fits_the_layers_that_are_there(layers, hint):
    (problem,) = check(chain(*layers, source="iris")).problems
    assert (problem.code, problem.hint) == ("output.width", hint)


@pytest.mark.parametrize(("flatten", "hint"), [
    (True, "Set the last Dense layer to 784 units."),
    (False, "End with a Dense layer of 784 units and a Reshape to (28, 28, 1), or with others that give it."),
])
def test_what_an_autoencoder_has_to_give_back_is_asked_for_in_words(flatten, hint):
    source = {"kind": "mnist", "params": {"flatten": flatten}}
    (problem,) = check(chain(dense(3), source=source, rule="autoencoder")).problems
    assert (problem.code, problem.hint) == ("output.width", hint)


@pytest.mark.parametrize(("end", "hint"), [
    (["sigmoid"], ""), ([], ""), (["linear"], ""), (["linear", "sigmoid"], ""), ([("dropout", {"rate": 0.1})], ""),
    (["relu"], "Put Sigmoid before Output instead of ReLU."),
    (["relu", "linear"], "Put Sigmoid before Output instead of ReLU."),
    (["sigmoid", "linear"], "Wire Sigmoid straight to Output."),
    (["sigmoid", "dropout", "linear"], "Wire Sigmoid straight to Output."),
])
def test_scores_that_were_squashed_before_are_noticed(end, hint):
    problems = check(chain(dense(1), *end, loss="binary_crossentropy")).problems
    assert [(p.code, p.hint) for p in problems] == ([("loss.activation", hint)] if hint else [])


@pytest.mark.parametrize("end", [["log_softmax"], ["log_softmax", "linear"]])
@pytest.mark.parametrize("loss", ["categorical_crossentropy", "sparse_categorical_crossentropy"])
def test_log_softmax_before_a_loss_with_softmax_counts_as_scores(end, loss):
    assert check(chain(dense(3), *end, source="iris", loss=loss)).problems == ()
    (problem,) = check(chain(dense(1), *end, loss="binary_crossentropy")).problems
    assert problem.hint == "Put Sigmoid before Output instead of Log softmax."


def test_a_loop_of_nodes_that_hand_on_is_no_endless_search():
    doc = chain(dense(1), "linear", "linear", loss="binary_crossentropy")
    doc = replace(doc, edges=doc.edges - {Edge("dense", "linear")} | {Edge("linear_2", "linear")})
    assert [p.code for p in check(doc).problems] == ["graph.cycle", "graph.idle", "graph.idle"]


def test_a_loss_for_classes_is_refused_for_numbers():
    doc = chain(dense(1), loss="binary_crossentropy")
    report = check(doc)
    (problem,) = target_problems(doc, "output", report.layers, report.shapes, DataSpec((2,), targets=1))
    assert problem.code == "loss.task"
    assert problem.param == "loss"
    assert problem.hint == "Choose Mean squared error."


JUNK = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5),
                 st.lists(st.integers(), max_size=2), st.dictionaries(st.text(max_size=3), st.integers(), max_size=2))
NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
KINDS = st.sampled_from(["input", "output", "dense", "step", "dropout", "softmax", "ghost"])
PARAMS = st.dictionaries(st.sampled_from(["units", "bias", "shape", "loss", "rate", "odd"]), JUNK, max_size=3)
SETTINGS = st.dictionaries(st.sampled_from(["source", "rule", "epochs", "encoding", "validation", "test", "odd"]),
                           JUNK, max_size=3)


@given(nodes=st.dictionaries(NAMES, st.tuples(KINDS, PARAMS, st.booleans())),
       edges=st.frozensets(st.builds(Edge, NAMES, NAMES, st.sampled_from(["x", "y"])), max_size=8),
       data=SETTINGS, training=SETTINGS)
def test_checking_never_raises_whatever_the_document_holds(nodes, edges, data, training):
    table = {name: Node(name, kind, params, frozen=frozen) for name, (kind, params, frozen) in nodes.items()}
    report = check(Document(table, edges, data, training))
    assert all(p.message for p in report.problems)
    assert report.ok == (not any(p.severity == "error" for p in report.problems))
