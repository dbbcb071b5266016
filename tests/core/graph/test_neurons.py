"""A network seen as neurons: how many, what they are called, how they are joined, where they stand."""
from __future__ import annotations

from itertools import pairwise

from core.graph import columns, edits
from core.graph.check import check
from core.graph.document import Document, Edge, Node, diff
from core.graph.history import History
from core.graph.neurons import Join, join, names_of, resized, shown, units_of
from core.io.documents import dumps, loads
from tests.core._build import chain, dense

CARD = (100.0, 50.0)


def drawn(doc: Document, *names: str) -> Document:
    for name in names or tuple(doc.nodes):
        doc = edits.show_neurons(doc, name, True)
    return doc


def joined(doc: Document, source: str, target: str, port: str = "x") -> Join | None:
    return join(doc, check(doc), Edge(source, target, port))


def test_up_to_64_neurons_are_drawn_one_by_one_and_of_more_the_first_and_the_last() -> None:
    assert shown(64) == tuple(range(64))
    assert shown(120) == (*range(8), *range(112, 120))


def test_a_node_has_neurons_if_its_output_is_one_row_of_numbers() -> None:
    doc = chain(dense(3), source="digits")
    assert units_of(check(doc), "dense") == 3
    pictures = chain(("reshape", {"target": (8, 8, 1)}), "conv2d", "flatten", dense(2), source="digits")
    assert "conv2d" in check(pictures).shapes
    assert units_of(check(pictures), "conv2d") == 0
    assert units_of(check(pictures), "flatten") > 0
    assert units_of(check(pictures), "nobody") == 0


def test_neurons_of_the_input_are_called_as_the_columns_and_those_of_the_output_as_the_classes() -> None:
    doc = chain(dense(3), "softmax", loss="categorical_crossentropy", source="iris")
    report = check(doc)
    assert report.spec is not None
    assert names_of(doc, report, "input") == report.spec.features
    assert names_of(doc, report, "output") == report.spec.classes
    assert names_of(doc, report, "dense") == ()


def test_one_number_for_two_classes_is_called_as_the_second() -> None:
    doc = chain(dense(1), "sigmoid", source="xor")
    report = check(doc)
    assert report.spec is not None
    assert names_of(doc, report, "output") == report.spec.classes[1:]


def test_weights_join_every_neuron_to_every_neuron_and_an_activation_joins_one_to_one() -> None:
    doc = drawn(chain(dense(4), "tanh", dense(1)))
    assert joined(doc, "input", "dense") == Join("input", weights=True)
    assert joined(doc, "dense", "tanh") == Join("dense", weights=False)
    assert joined(doc, "dense_2", "output") == Join("dense_2", weights=False)


def test_a_wire_stays_a_wire_if_one_of_its_ends_is_a_card() -> None:
    doc = chain(dense(4), "tanh", dense(1))
    assert joined(drawn(doc, "dense"), "input", "dense") is None
    assert joined(drawn(doc, "input"), "input", "dense") is None


def test_weights_reach_past_an_activation_that_is_a_card() -> None:
    doc = drawn(chain(dense(4), "tanh", dense(1)), "dense", "dense_2")
    assert joined(doc, "tanh", "dense_2") == Join("dense", weights=True)


def test_weights_do_not_reach_past_a_layer_with_weights() -> None:
    doc = drawn(chain(dense(4), dense(4), dense(1)), "dense", "dense_3")
    assert joined(doc, "dense_2", "dense_3") is None


def test_a_bypassed_dense_layer_joins_one_to_one() -> None:
    doc = drawn(edits.bypass(chain(dense(2), dense(1)), "dense", True))
    assert joined(doc, "input", "dense") == Join("input", weights=False)


def test_concatenate_puts_the_neurons_of_its_second_input_behind_those_of_the_first() -> None:
    doc = edits.add_node(chain(dense(3), dense(1)), Node("both", "concatenate"))
    doc = edits.connect(edits.connect(doc, Edge("dense", "both", "a")), Edge("input", "both", "b"))
    doc = drawn(edits.connect(doc, Edge("both", "dense_2")))
    assert joined(doc, "dense", "both", "a") == Join("dense", weights=False, first=0)
    assert joined(doc, "input", "both", "b") == Join("input", weights=False, first=3)


def test_a_layer_grows_and_shrinks_by_a_neuron_but_keeps_one() -> None:
    doc = chain(dense(1))
    assert resized(doc, "dense", 1) == 2
    assert resized(doc, "dense", -1) is None
    assert resized(doc, "input", 1) is None


def test_drawing_nodes_as_neurons_leaves_everything_else_alone() -> None:
    doc = edits.move(chain(dense(4)), {"input": (0, 0), "dense": (300, 0), "output": (600, 0)})
    new = columns.show_neurons(doc, ("input", "dense"), True, dict.fromkeys(doc.nodes, CARD))
    change = diff(doc, new)
    assert {name for name, node in new.nodes.items() if node.neurons} == {"input", "dense"}
    assert [node.id for node in new.nodes.values() if node.position != doc.nodes[node.id].position] == []
    assert not change.structure


def test_where_cards_would_overlap_the_network_is_laid_out_in_columns() -> None:
    doc = edits.move(chain(dense(4), "tanh", dense(1)), {
        "input": (8, 16), "dense": (200, 16), "tanh": (400, 16), "dense_2": (200, 80), "output": (400, 80)})
    sizes = dict.fromkeys(doc.nodes, (104.0, 200.0))
    new = columns.show_neurons(doc, doc.nodes, True, sizes)
    row = [new.nodes[name].position for name in ("input", "dense", "tanh", "dense_2", "output")]
    assert [y for _, y in row] == [16.0] * 5
    assert [b - a for (a, _), (b, _) in pairwise(row)] == [184.0, 136.0, 184.0, 136.0]
    assert row[0] == (8.0, 16.0)


def test_a_network_that_runs_backwards_is_laid_out_too() -> None:
    doc = edits.move(chain(dense(1)), {"input": (600, 0), "dense": (300, 0), "output": (0, 0)})
    new = columns.show_neurons(doc, doc.nodes, True, dict.fromkeys(doc.nodes, CARD))
    assert [new.nodes[name].position[0] for name in ("input", "dense", "output")] == [0.0, 180.0, 312.0]


def test_nodes_side_by_side_stand_below_each_other_in_their_column() -> None:
    doc = edits.add_node(chain(dense(1)), Node("other", "dense", position=(0.0, 500.0)))
    doc = edits.connect(doc, Edge("input", "other"))
    places = columns.in_columns(doc, dict.fromkeys(doc.nodes, CARD))
    assert places["other"][0] == places["dense"][0]
    assert places["other"][1] - places["dense"][1] == CARD[1] + columns.ROW


def test_the_switch_is_undone_exactly_and_kept_in_the_file() -> None:
    history = History(chain(dense(4)))
    before = history.document
    history.do("Show", drawn(before, "dense"))
    assert loads(dumps(history.document)).nodes["dense"].neurons
    history.undo()
    assert history.document is before
