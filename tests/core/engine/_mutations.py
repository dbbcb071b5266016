"""Ways to spoil a document that is in order, each as a hand-written file or a script could."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from core.errors import ParamError
from core.graph.document import Document, Edge, Node
from core.graph.edits import downstream
from core.layers import LAYERS
from tests.core.engine._graphs import Draw, Graph, graphs

Mutation = Callable[[Draw, Document], Document]
GARBAGE: tuple[Any, ...] = (None, "", "four", "sgd", -1, 0, 2.5, 10**30, -1e300, float("nan"), float("inf"), True, [],
                            [0], [-3], [1] * 9, ["a"], {}, {"kind": "dense"}, {"kind": 3})


@st.composite
def spoiled(draw: Draw, mutation: Mutation) -> Document:
    """A document with one thing wrong that matters."""
    graph: Graph = draw(graphs())
    return mutation(draw, graph.doc)


def unknown_kind(draw: Draw, doc: Document) -> Document:
    node = doc.nodes[_live(draw, doc)]
    return _with(doc, replace(node, kind=draw(st.sampled_from(("", "densse", "Dense", "sgd", "\u2603", "x" * 300)))))


def missing_node(draw: Draw, doc: Document) -> Document:
    gone = _live(draw, doc)
    return replace(doc, nodes=MappingProxyType({k: v for k, v in doc.nodes.items() if k != gone}))


def missing_wire(draw: Draw, doc: Document) -> Document:
    return replace(doc, edges=doc.edges - {_wire(draw, doc)})


def wire_from_nowhere(draw: Draw, doc: Document) -> Document:
    wire = _wire(draw, doc)
    return replace(doc, edges=doc.edges - {wire} | {replace(wire, source="nowhere")})


def wire_into_a_port_that_is_not_there(draw: Draw, doc: Document) -> Document:
    wire = _wire(draw, doc)
    return replace(doc, edges=doc.edges - {wire} | {replace(wire, port=wire.port + "?")})


def second_wire_into_a_port(draw: Draw, doc: Document) -> Document:
    wire = _wire(draw, doc)
    ahead = [name for name in sorted(doc.nodes) if name not in (wire.source, wire.target)
             and doc.nodes[name].kind != "output" and name not in downstream(doc, wire.target)]
    others = ahead or ["input_2"]
    more = {} if ahead else {"input_2": replace(doc.nodes["input"], id="input_2")}
    return replace(doc, nodes=MappingProxyType({**doc.nodes, **more}),
                   edges=doc.edges | {replace(wire, source=draw(st.sampled_from(others)))})


def wire_into_one_more_port(draw: Draw, doc: Document) -> Document:
    wire = _wire(draw, doc)
    return replace(doc, edges=doc.edges | {replace(wire, port=wire.port + "?")})


def wire_out_of_the_output(draw: Draw, doc: Document) -> Document:
    nodes = {**doc.nodes, "behind": Node("behind", "dense", LAYERS["dense"]().config())}
    return replace(doc, nodes=MappingProxyType(nodes), edges=doc.edges | {Edge("output", "behind")})


def loop(draw: Draw, doc: Document) -> Document:
    wire = _wire(draw, doc)
    behind = sorted(downstream(doc, wire.target) | {wire.target})
    return replace(doc, edges=doc.edges - {wire} | {replace(wire, source=draw(st.sampled_from(behind)))})


def wrong_parameter(draw: Draw, doc: Document) -> Document:
    found = [(name, key, value) for name in _lively(doc) for key in LAYERS[doc.nodes[name].kind].params
             for value in GARBAGE if _refused(doc.nodes[name].kind, key, value)]
    name, key, value = draw(st.sampled_from(found))
    return _with(doc, replace(doc.nodes[name], params=MappingProxyType({**doc.nodes[name].params, key: value})))


def wrong_width(draw: Draw, doc: Document) -> Document:
    name = next(e.source for e in sorted(doc.edges) if doc.nodes[e.target].kind == "output")
    while doc.nodes[name].kind != "dense":
        name = doc.sources(name)["x"]
    units = doc.nodes[name].params["units"] + draw(st.integers(1, 5))
    return _with(doc, replace(doc.nodes[name], params=MappingProxyType({**doc.nodes[name].params, "units": units})))


def wrong_input_shape(draw: Draw, doc: Document) -> Document:
    shape = draw(st.sampled_from(([1], [3, 3], [997], [2, 2, 2])))
    return _with(doc, replace(doc.nodes["input"], params=MappingProxyType({"shape": shape})))


def no_input(draw: Draw, doc: Document) -> Document:
    return _without(doc, "input")


def no_output(draw: Draw, doc: Document) -> Document:
    return _without(doc, "output")


def everything_frozen(draw: Draw, doc: Document) -> Document:
    return replace(doc, nodes=MappingProxyType({k: replace(v, frozen=True) for k, v in doc.nodes.items()}))


def wrong_data(draw: Draw, doc: Document) -> Document:
    source = draw(st.sampled_from((*GARBAGE, {"kind": "make_classification", "params": {"features": 0}},
                                   {"kind": "make_classification", "params": {"informative": 1000}})))
    return replace(doc, data=MappingProxyType({**doc.data, "source": source}))


def no_samples_left(draw: Draw, doc: Document) -> Document:
    return replace(doc, data=MappingProxyType({**doc.data, "validation": 0.6, "test": 0.5}))


def wrong_training(draw: Draw, doc: Document) -> Document:
    key, value = draw(st.sampled_from((("learning_rate", "fast"), ("learning_rate", float("nan")), ("epochs", 0),
                                       ("optimizer", "sdg"), ("batch_size", -1), ("seed", 1.5), ("rule", "luck"))))
    return replace(doc, training=MappingProxyType({**doc.training, key: value}))


MUTATIONS: tuple[Mutation, ...] = (
    unknown_kind, missing_node, missing_wire, wire_from_nowhere, wire_into_a_port_that_is_not_there,
    second_wire_into_a_port, wire_into_one_more_port, wire_out_of_the_output, loop, wrong_parameter, wrong_width,
    wrong_input_shape, no_input, no_output, everything_frozen, wrong_data, no_samples_left, wrong_training,
)


@st.composite
def chaos(draw: Draw) -> Document:
    """Nodes, parameters and wires that nobody has looked at."""
    names = [f"n{i}" for i in range(draw(st.integers(0, 6)))]
    kinds = st.sampled_from((*LAYERS, "input", "output", "dense", "unheard-of"))
    nodes = {}
    for name in names:
        kind = draw(kinds)
        keys = [*LAYERS[kind].params, "nonsense"] if kind in LAYERS else ["nonsense"]
        params = draw(st.dictionaries(st.sampled_from(keys), st.sampled_from(GARBAGE), max_size=2))
        nodes[name] = Node(name, kind, params, frozen=draw(st.booleans()))
    ends = st.sampled_from([*names, "nowhere"])
    edges = draw(st.frozensets(st.builds(Edge, ends, ends, st.sampled_from(("x", "a", "b", "z"))), max_size=10))
    garbage = st.sampled_from(GARBAGE)
    data = draw(st.dictionaries(st.sampled_from(("source", "steps", "roles", "test", "z")), garbage, max_size=1))
    training = draw(st.dictionaries(st.sampled_from(("rule", "l2", "z")), garbage, max_size=1))
    return Document(nodes, edges, data, training)


def _with(doc: Document, node: Node) -> Document:
    return replace(doc, nodes=MappingProxyType({**doc.nodes, node.id: node}))


def _without(doc: Document, kind: str) -> Document:
    gone = {name for name, node in doc.nodes.items() if node.kind == kind}
    nodes = {name: node for name, node in doc.nodes.items() if name not in gone}
    return replace(doc, nodes=MappingProxyType(nodes),
                   edges=frozenset(e for e in doc.edges if not gone & {e.source, e.target}))


def _lively(doc: Document) -> list[str]:
    """The nodes between the ends that lead to an Output."""
    ends = [name for name, node in doc.nodes.items() if node.kind == "output"]
    return sorted(name for name, node in doc.nodes.items() if node.kind not in ("input", "output")
                  and any(end in downstream(doc, name) for end in ends))


def _live(draw: Draw, doc: Document) -> str:
    return str(draw(st.sampled_from(_lively(doc))))


def _wire(draw: Draw, doc: Document) -> Edge:
    """A wire into a node that matters."""
    lively = _lively(doc)
    wires = [e for e in sorted(doc.edges) if e.target in lively or doc.nodes[e.target].kind == "output"]
    wire: Edge = draw(st.sampled_from(wires))
    return wire


def _refused(kind: str, key: str, value: Any) -> bool:
    try:
        LAYERS[kind].params[key].check(value)
    except ParamError:
        return True
    return False
