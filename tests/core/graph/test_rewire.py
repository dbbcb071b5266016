"""Wires that are led elsewhere while what flows goes on: inserting, removing with joining, plugging in elsewhere."""
import math

import pytest

from core.errors import GraphError
from core.graph import edits, rewire
from core.graph.check import check
from core.graph.document import Edge, Node, diff
from core.graph.fitting import what_fits
from core.layers import LAYERS
from tests.core._build import chain, dense


def row():
    """input - dense - relu - output."""
    return chain(dense(4), "relu")


def refused(edit):
    with pytest.raises(GraphError) as caught:
        edit()
    return caught.value.problem


def test_a_node_put_into_a_wire_is_wired_at_both_sides():
    doc = edits.add_node(row(), Node("mid", "dropout"))
    after = rewire.insert_on(doc, "mid", Edge("dense", "relu"))
    assert after.edges == (doc.edges - {Edge("dense", "relu")}) | {Edge("dense", "mid"), Edge("mid", "relu")}


def test_a_node_put_into_a_wire_keeps_the_port_at_its_end():
    doc = row()
    doc = edits.add_node(edits.add_node(doc, Node("sum", "add")), Node("mid", "dropout"))
    doc = edits.connect(edits.connect(doc, Edge("dense", "sum", "a")), Edge("relu", "sum", "b"))
    assert Edge("mid", "sum", "b") in rewire.insert_on(doc, "mid", Edge("relu", "sum", "b")).edges


def test_a_node_takes_the_wire_at_its_first_free_input_and_keeps_its_other_wires():
    doc = edits.connect(edits.add_node(row(), Node("sum", "add")), Edge("input", "sum", "a"))
    after = rewire.insert_on(doc, "sum", Edge("dense", "relu"))
    assert {e for e in after.edges if "sum" in (e.source, e.target)} == {
        Edge("input", "sum", "a"), Edge("dense", "sum", "b"), Edge("sum", "relu")}


def test_a_node_without_a_free_input_is_fed_anew():
    doc = edits.connect(edits.add_node(row(), Node("mid", "dropout")), Edge("input", "mid"))
    assert rewire.insert_on(doc, "mid", Edge("dense", "relu")).sources("mid") == {"x": "dense"}


@pytest.mark.parametrize(("kind", "wire", "code"), [
    ("noise", Edge("dense", "relu"), "wire.entry"), ("output", Edge("dense", "relu"), "edge.source"),
    ("relu", Edge("dense", "nowhere"), "wire.unknown"),
])
def test_what_cannot_stand_in_a_wire_is_refused_with_the_reason(kind, wire, code):
    doc = edits.add_node(row(), Node("new", kind))
    assert refused(lambda: rewire.insert_on(doc, "new", wire)).code == code


def test_the_ends_of_a_wire_and_a_node_that_is_not_there_are_refused():
    assert refused(lambda: rewire.insert_on(row(), "relu", Edge("dense", "relu"))).code == "wire.own"
    assert refused(lambda: rewire.insert_on(row(), "none", Edge("dense", "relu"))).code == "node.unknown"


def test_a_node_that_would_close_a_loop_is_refused():
    doc = edits.connect(edits.add_node(row(), Node("sum", "add")), Edge("dense", "sum", "a"))
    assert refused(lambda: rewire.insert_on(doc, "sum", Edge("input", "dense"))).code == "edge.cycle"
    assert not rewire.may_drop(doc, "sum", Edge("input", "dense"))


def test_only_a_node_that_is_not_wired_through_may_be_dropped_on_a_wire():
    doc = edits.add_node(row(), Node("new", "dropout"))
    wire = Edge("dense", "relu")
    assert rewire.may_drop(doc, "new", wire)
    assert not rewire.may_drop(edits.connect(doc, Edge("input", "new")), "new", wire)
    assert rewire.may_drop(edits.connect(doc, Edge("dense", "new")), "new", wire)
    assert not rewire.may_drop(doc, "relu", Edge("input", "dense"))
    assert not rewire.may_drop(edits.add_node(doc, Node("end", "output")), "end", wire)
    assert not rewire.may_drop(doc, "nobody", wire)


def test_removing_a_node_joins_its_neighbours():
    after = rewire.remove_joining(row(), ["dense"])
    assert after.edges == {Edge("input", "relu"), Edge("relu", "output")}
    assert "dense" not in after.nodes


def test_removing_several_nodes_in_a_row_joins_what_is_left():
    assert rewire.remove_joining(row(), ["relu", "dense"]).edges == {Edge("input", "output")}


def test_every_wire_that_the_removed_node_fed_is_joined():
    doc = edits.connect(edits.add_node(row(), Node("side", "tanh")), Edge("dense", "side"))
    assert rewire.remove_joining(doc, ["dense"]).edges >= {Edge("input", "relu"), Edge("input", "side")}


def test_of_several_inputs_the_first_is_joined():
    doc = edits.add_node(row(), Node("sum", "add"))
    for wire in (Edge("dense", "sum", "a"), Edge("input", "sum", "b"), Edge("sum", "relu")):
        doc = edits.connect(doc, wire)
    assert rewire.remove_joining(doc, ["sum"]).sources("relu") == {"x": "dense"}


def test_where_nothing_feeds_the_removed_node_its_wires_just_go():
    assert rewire.remove_joining(row(), ["input"]).edges == {Edge("dense", "relu"), Edge("relu", "output")}
    doc = edits.disconnect(row(), [Edge("input", "dense")])
    assert rewire.remove_joining(doc, ["dense"]).edges == {Edge("relu", "output")}


def test_a_wire_that_is_plugged_in_elsewhere_keeps_its_way():
    doc = edits.add_node(rewire.set_route(row(), Edge("dense", "relu"), [(5, 6)]), Node("side", "tanh"))
    after = rewire.reconnect(doc, Edge("dense", "relu"), Edge("input", "relu"))
    assert after.edges == (doc.edges - {Edge("dense", "relu")}) | {Edge("input", "relu")}
    assert dict(after.routes) == {Edge("input", "relu"): ((5.0, 6.0),)}
    assert refused(lambda: rewire.reconnect(doc, Edge("dense", "relu"), Edge("output", "relu"))).code == "edge.source"
    assert refused(lambda: rewire.reconnect(doc, Edge("a", "b"), Edge("input", "relu"))).code == "wire.unknown"


def test_a_way_is_set_changed_and_taken_away():
    doc, wire = row(), Edge("dense", "relu")
    led = rewire.set_route(doc, wire, [(1, 2), (3, 4)])
    assert led.routes[wire] == ((1.0, 2.0), (3.0, 4.0))
    assert diff(doc, led).rerouted == (wire,)
    assert not rewire.set_route(led, wire, []).routes
    assert not doc.routes


def test_a_way_through_nowhere_is_refused():
    wire = Edge("dense", "relu")
    assert refused(lambda: rewire.set_route(row(), wire, [(math.nan, 0)])).code == "wire.point"
    assert refused(lambda: rewire.set_route(row(), Edge("a", "b"), [(0, 0)])).code == "wire.unknown"
    assert refused(lambda: rewire.set_route(row(), wire, [(0, 0)] * 10_000)).code == "wire.points"
    assert rewire.set_route(row(), wire, [(1e9, 0)]).routes[wire] == ((edits.FAR, 0.0),)


def test_the_way_of_a_wire_moves_with_both_of_its_ends_and_stays_if_one_moves():
    wire = Edge("dense", "relu")
    doc = rewire.set_route(row(), wire, [(10, 20)])
    (x, y), (to_x, to_y) = doc.nodes["dense"].position, doc.nodes["relu"].position
    both = rewire.move(doc, {"dense": (x + 8, y + 16), "relu": (to_x + 8, to_y + 16)})
    assert both.routes[wire] == ((18.0, 36.0),)
    assert both.nodes["dense"].position == (x + 8, y + 16)
    assert rewire.move(doc, {"dense": (x + 8, y)}).routes[wire] == ((10.0, 20.0),)
    assert rewire.move(doc, {"dense": (x + 8, y), "relu": (to_x, to_y)}).routes[wire] == ((10.0, 20.0),)


@pytest.mark.parametrize("name", ["input", "dense", "relu", "output"])
def test_closing_names_exactly_the_nodes_that_are_refused_because_of_a_loop(name):
    doc = edits.connect(edits.add_node(row(), Node("side", "add")), Edge("dense", "side", "a"))

    def loops(edge):
        problem = edits.refusal(doc, edge)
        return problem is not None and problem.code == "edge.cycle"

    ports = {k: LAYERS[n.kind].inputs[0].name for k, n in doc.nodes.items() if LAYERS[n.kind].inputs}
    if name != "output":
        assert {k for k in rewire.closing(doc, source=name) if k in ports} == {
            k for k, port in ports.items() if loops(Edge(name, k, port))}
    if name in ports:
        assert rewire.closing(doc, target=name) - {"output"} == {
            k for k in doc.nodes if loops(Edge(k, name, ports[name]))} - {"output"}


def test_a_node_is_added_with_its_wires():
    doc = rewire.add_wired(row(), Node("mid", "dropout"), "dense", ("relu", "x"))
    assert doc.sources("mid") == {"x": "dense"}
    assert doc.sources("relu") == {"x": "mid"}
    assert refused(lambda: rewire.add_wired(row(), Node("n", "noise"), "dense")).code == "wire.entry"


def test_what_fits_behind_a_flat_output_takes_its_shape():
    shapes = check(row()).shapes
    kinds = what_fits(shapes, "dense", None)
    assert {"dense", "relu", "add", "output"} <= set(kinds)
    assert {"input", "noise", "conv2d", "lstm"}.isdisjoint(kinds)


def test_what_fits_behind_an_image_are_layers_for_images():
    shapes = {"picture": (8, 8, 3)}
    kinds = what_fits(shapes, "picture", None)
    assert {"conv2d", "max_pool2d", "flatten"} <= set(kinds)
    assert "conv1d" not in kinds


def test_without_a_known_shape_everything_with_an_input_fits():
    assert set(what_fits({}, "somewhere", None)) == {k for k, layer in LAYERS.items() if layer.inputs}


def test_what_fits_before_an_input_is_everything_with_an_output():
    kinds = set(what_fits({}, None, ("dense", "x")))
    assert kinds == set(LAYERS) - {"output"}
    assert set(what_fits({}, None, None)) == set(LAYERS)


def test_a_layer_of_another_kind_takes_all_wires_and_its_own_defaults():
    doc = edits.freeze(row(), "dense", True)
    after = rewire.replace_kind(doc, "dense", "dropout")
    assert after.edges == doc.edges
    assert (after.nodes["dense"].kind, after.nodes["dense"].frozen) == ("dropout", False)
    assert after.nodes["dense"].params == LAYERS["dropout"]().config()
    assert after.nodes["dense"].position == doc.nodes["dense"].position


def test_only_kinds_with_the_same_inputs_can_stand_in_for_a_node():
    doc = row()
    found = rewire.replaceable(doc, "relu")
    assert {"tanh", "dropout", "dense"} <= set(found)
    assert not {"relu", "add", "input", "output", "constant"} & set(found)
    assert rewire.replaceable(doc, "input") == []
