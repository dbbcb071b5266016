"""A check takes over from the one before what an edit left as it was, and finds the same as one from scratch."""
import random
from dataclasses import replace

import pytest

from core.graph import edits, shapes, structure
from core.graph.check import check
from core.graph.document import Document, Edge, Node
from core.graph.order import downstream, order, upstream
from core.graph.wiring import wiring
from core.train.essence import alike, essence
from tests.bench.ladders import ladder

KINDS = ("input", "output", "dense", "step", "dropout", "softmax", "ghost", "add", "conv2d", "noise", "flatten")


@pytest.fixture
def counted(monkeypatch):
    """Names of the nodes whose layers are made and whose shapes are inferred."""
    made, inferred = [], []
    make, infer = shapes._made, shapes._inferred
    monkeypatch.setattr(shapes, "_made", lambda node: (made.append(node.id), make(node))[1])
    monkeypatch.setattr(shapes, "_inferred", lambda name, *rest: (inferred.append(name), infer(name, *rest))[1])
    return made, inferred


def findings(report):
    layers = {name: (type(layer), layer.config()) for name, layer in report.layers.items()}
    return dict(report.shapes), report.live, report.problems, report.spec, layers


def step(rng, doc):
    """One edit of any kind, sensible or not."""
    nodes, wires, data = dict(doc.nodes), set(doc.edges), doc.data
    chance, names = rng.random(), list(nodes)
    if chance < 0.3 or not names:
        params = {"units": rng.choice([1, 3, "x"])} if rng.random() < 0.3 else {}
        name = f"n{rng.randrange(12)}"
        nodes[name] = Node(name, rng.choice(KINDS), params)
    elif chance < 0.4:
        del nodes[rng.choice(names)]
    elif chance < 0.8:
        wires.add(Edge(rng.choice([*names, "nowhere"]), rng.choice(names), rng.choice("xxaby")))
    elif chance < 0.9 and wires:
        wires.discard(rng.choice(sorted(wires)))
    elif chance < 0.95:
        name = rng.choice(names)
        nodes[name] = replace(nodes[name], bypassed=not nodes[name].bypassed)
    else:
        data = {**data, "source": "bogus"} if rng.random() < 0.5 else edits.empty().data
    return Document(nodes, frozenset(wires), data, doc.training)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_it_finds_what_a_check_from_scratch_finds(seed):
    rng, doc, report = random.Random(seed), edits.empty(), None
    for _ in range(250):
        doc = step(rng, doc)
        report = check(doc, report)
        assert findings(report) == findings(check(doc))


def test_a_parameter_that_changes_no_shape_is_looked_at_alone(counted):
    made, inferred = counted
    doc = ladder(500)
    report = check(doc)
    assert len(made) == len(inferred) == 500
    made.clear(), inferred.clear()
    name = next(name for name in doc.nodes if name.startswith("dropout"))
    later = check(edits.set_params(doc, name, {"rate": 0.5}), report)
    assert made == inferred == [name]
    assert later.layers[name].rate == 0.5


def test_only_nodes_behind_a_changed_shape_are_inferred_again(counted):
    made, inferred = counted
    doc = ladder(500)
    report = check(doc)
    made.clear(), inferred.clear()
    name = sorted(name for name, node in doc.nodes.items() if node.kind == "dense")[40]
    later = check(edits.set_params(doc, name, {"units": 9}), report)
    assert made == [name]
    assert name in inferred
    assert set(inferred) <= downstream(doc, [name])
    assert later.shapes[name] == (9,)


def test_a_node_that_is_moved_costs_its_own_layer_and_no_shape_but_its_own(counted):
    made, inferred = counted
    doc = ladder(500)
    report = check(doc)
    made.clear(), inferred.clear()
    check(edits.move(doc, {"relu_3": (5.0, 5.0)}), report)
    assert made == inferred == ["relu_3"]


def test_the_structure_stays_while_wires_and_kinds_do():
    doc = ladder(50)
    report = check(doc)
    name = next(name for name in doc.nodes if name.startswith("dropout"))
    later = check(edits.set_params(doc, name, {"rate": 0.5}), report)
    assert later.trail.structure is report.trail.structure
    wire = next(iter(doc.edges))
    cut = check(edits.disconnect(doc, [wire]), report)
    assert cut.trail.structure is not report.trail.structure
    assert structure.structure(doc, cut.trail.structure) == report.trail.structure


def test_neighbours_are_looked_up_once_for_a_set_of_wires():
    doc = ladder(50)
    before = wiring.cache_info().misses
    for _ in range(3):
        check(doc)
        assert set(order(doc)) == upstream(doc, doc.nodes) == set(doc.nodes)
        assert doc.sources("add_5").keys() == {"a", "b"}
        assert edits.refusal(doc, Edge("relu_3", "dense_2")) is not None
    assert wiring.cache_info().misses <= before + 1


def test_two_documents_are_alike_exactly_if_their_essence_is_equal():
    rng, doc = random.Random(5), ladder(14)
    doc = edits.add_node(doc, Node("loose", "dense"))
    tried = [doc, edits.move(doc, {"dense_1": (9.0, 9.0)}), edits.rename(doc, "dense_1", "first"),
             edits.set_params(doc, "loose", {"units": 5}), edits.freeze(doc, "dense_1", True),
             edits.freeze(doc, "loose", True), edits.set_params(doc, "dense_1", {"units": 5}),
             edits.set_training(doc, {"learning_rate": 0.7}), edits.set_training(doc, {"l2": 0.7}),
             edits.set_training(doc, {"seed": 3}), edits.set_data(doc, {"seed": 3}), edits.set_data(doc, {"seed": 0}),
             edits.bypass(doc, "relu_3", True), edits.connect(doc, Edge("dense_1", "loose")),
             edits.disconnect(doc, [Edge("dense_1", "add_5", "b")])]
    rng.shuffle(tried)
    for old in tried:
        for new in tried:
            there, here = check(old).live, check(new).live
            assert alike(old, there, new, here) == (essence(old, there) == essence(new, here))
