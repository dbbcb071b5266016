"""Planned, shared and reused memory gives the numbers of a network that allocates everything afresh."""
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.engine.network import Network
from core.graph import edits
from core.graph.check import check
from core.graph.document import Edge, Node
from tests.core._build import chain, dense
from tests.core.engine import _naive

LAYER = st.one_of(
    st.integers(1, 9).map(dense),
    st.integers(1, 5).map(lambda u: dense(u, bias=False)),
    st.sampled_from(["relu", "tanh", "sigmoid", "softmax", "linear", "elu", ("leaky_relu", {"slope": 0.3}),
                     ("dropout", {"rate": 0.0})]),
)
HEADS = [("mse", ()), ("mse", ("sigmoid",)), ("mse", ("softmax",)), ("categorical_crossentropy", ("softmax",)),
         ("categorical_crossentropy", ()), ("categorical_crossentropy", ("linear",)),
         ("sparse_categorical_crossentropy", ("softmax",)), ("sparse_categorical_crossentropy", ())]


def slope_of(network, doc, t, p):
    """The gradient of the loss by what feeds the Output, for networks whose Output gets scores or predictions."""
    n, hot = len(p), t if t.ndim == 2 else np.eye(p.shape[1])[t]
    if not network.loss.activation:
        return 2.0 * (p - hot) / p.size
    last = doc.nodes[doc.sources("output")["x"]].kind
    if last == "softmax":
        return -hot / p / n
    e = np.exp(p - p.max(-1, keepdims=True))
    return (e / e.sum(-1, keepdims=True) - hot) / n


def compare(network, doc, n, seed, rel=1e-9):
    """One pass for n samples, with gradients, and one in evaluation mode."""
    rng = np.random.default_rng(seed)
    x, labels = rng.normal(size=(n, *network.spec.shape)), rng.integers(len(network.spec.classes), size=n)
    targets = network.targets(labels)
    (t,) = targets
    plan = network.plan(n, train=True)
    plan.fill(x, targets)
    network.gradients.flat[...] = np.nan
    for run in plan.forward:
        run()
    plan.loss()
    for run in plan.backward:
        run()
    values, grads = _naive.run(doc, network.weights, x, lambda p: slope_of(network, doc, t, p))
    for name in values.keys() - {"output"}:
        assert plan.values[name] == pytest.approx(values[name], rel=rel, abs=1e-10)
        assert network.predict(x, name) == pytest.approx(values[name], rel=rel, abs=1e-10)
    for node in network.weights:
        for name, exact in grads[node].items():
            assert network.gradients[node][name] == pytest.approx(exact, rel=1e-7, abs=1e-9)


@given(layers=st.lists(LAYER, max_size=10), head=st.sampled_from(HEADS), sizes=st.lists(st.integers(1, 12), min_size=1,
                                                                                       max_size=5))
def test_random_chains_agree_with_a_naive_network_for_any_order_of_batch_sizes(layers, head, sizes):
    loss, end = head
    doc = chain(*layers, dense(3), *end, loss=loss, source="iris")
    network = Network(doc, check(doc), seed=1, dtype=np.float64)
    for seed, n in enumerate(sizes):
        compare(network, doc, n, seed)


@st.composite
def graphs(draw):
    """Any graph of activations, Dense and two-input layers over four features, all of one width."""
    doc = chain(source="iris", loss=draw(st.sampled_from(["mse", "categorical_crossentropy"])))
    doc = edits.disconnect(doc, doc.edges)
    names = ["input"]
    for number in range(draw(st.integers(1, 10))):
        kind = draw(st.sampled_from(["dense", "tanh", "linear", "sigmoid", "multiply", "multiply"]))
        name = f"n{number}"
        doc = edits.add_node(doc, Node(name, kind, {"units": 4} if kind == "dense" else {}))
        for port in ("a", "b") if kind == "multiply" else ("x",):
            doc = edits.connect(doc, Edge(draw(st.sampled_from(names)), name, port))
        names.append(name)
    doc = edits.add_node(doc, Node("last", "dense", {"units": 3}))
    doc = edits.connect(doc, Edge(draw(st.sampled_from(names)), "last"))
    return edits.connect(doc, Edge("last", "output"))


@given(data=st.data(), sizes=st.lists(st.integers(1, 7), min_size=1, max_size=3))
def test_graphs_that_branch_and_merge_agree_with_a_naive_network(data, sizes):
    doc = data.draw(graphs())
    network = Network(doc, check(doc), seed=2, dtype=np.float64)
    live = edits.remove_nodes(doc, doc.nodes.keys() - {unit.id for unit in network.units})
    for seed, n in enumerate(sizes):
        compare(network, live, n, seed, rel=1e-7)


def wired(*wires, **nodes):
    doc = edits.disconnect(doc := chain(source="iris", loss="categorical_crossentropy"), doc.edges)
    for name, kind in nodes.items():
        doc = edits.add_node(doc, Node(name, kind, {"units": 3} if kind == "dense" else {}))
    for source, target, port in wires:
        doc = edits.connect(doc, Edge(source, target, port))
    return doc


@pytest.mark.parametrize("between", ["linear", "tanh", "multiply"])
def test_the_shares_of_several_readers_of_one_node_are_added_up(between):
    both = [("first", "left", port) for port in ("ab" if between == "multiply" else "x")]
    doc = wired(("input", "first", "x"), *both, ("first", "right", "x"), ("left", "both", "a"),
                ("right", "both", "b"), ("both", "whole", "a"), ("first", "whole", "b"), ("whole", "output", "x"),
                first="dense", left=between, right="sigmoid", both="multiply", whole="multiply")
    network = Network(doc, check(doc), seed=2, dtype=np.float64)
    for n in (4, 1, 6):
        compare(network, doc, n, n)


def test_a_softmax_that_something_else_reads_too_keeps_its_own_gradient():
    doc = wired(("input", "scores", "x"), ("scores", "soft", "x"), ("soft", "square", "a"), ("soft", "square", "b"),
                ("square", "mixed", "x"), ("mixed", "gate", "a"), ("soft", "gate", "b"), ("gate", "end", "x"),
                ("end", "output", "x"), scores="dense", soft="softmax", square="multiply", mixed="dense",
                gate="multiply", end="softmax")
    network = Network(doc, check(doc), seed=2, dtype=np.float64)
    compare(network, doc, 5, 0)
