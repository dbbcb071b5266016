"""What is particular to the layers with two inputs and to those that only rearrange, alone and in networks."""
import numpy as np
import pytest

from core.datasets import DATASETS, Samples
from core.engine.gradcheck import check_gradient
from core.engine.network import Network
from core.errors import ParamError, ShapeError
from core.graph import edits
from core.graph.check import check
from core.graph.document import Edge, Node
from core.layers import LAYERS, Example
from core.train.control import Control
from core.train.events import EpochDone, Finished
from core.train.loop import train
from core.train.session import Session
from tests.core._build import chain
from tests.core.layers._bench import Bench

A, B = np.array([[1.0, -2.0, 3.0]]), np.array([[4.0, -5.0, 3.0]])


def merged(kind, a=A, b=B, **params):
    bench = Bench(LAYERS[kind], Example(params, (a.shape[1:], b.shape[1:])), n=1)
    return bench.forward([a, b])[0]


def wired(*nodes, **training):
    """Iris to three classes: every node is (id, kind, parameters, its sources in the order of its ports)."""
    doc = chain(source="iris", loss="sparse_categorical_crossentropy", **training)
    doc = edits.disconnect(doc, doc.edges)
    for name, kind, params, _ in nodes:
        doc = edits.add_node(doc, Node(name, kind, params))
    for name, kind, _, sources in nodes:
        for source, port in zip(sources, LAYERS[kind].inputs, strict=True):
            doc = edits.connect(doc, Edge(source, name, port.name))
    return edits.connect(doc, Edge(nodes[-1][0], "output"))


def residual(*inside, **training):
    """A Dense layer, a block around which the signal also goes straight to Add, and a Dense layer."""
    block, before = [], "first"
    for kind, params in inside:
        name = f"inner{len(block)}"
        block.append((name, kind, params, [before]))
        before = name
    return wired(("first", "dense", {"units": 6}, ["input"]), *block, ("sum", "add", {}, ["first", before]),
                 ("last", "dense", {"units": 3}, ["sum"]), **training)


def error(doc, n=7):
    network = Network(doc, check(doc), seed=1, dtype=np.float64)
    network.weights.flat[...] += 0.05 * np.random.default_rng(0).normal(size=network.parameters)
    data = DATASETS["iris"]().load(0)
    return check_gradient(network, Samples(data.x[:n], data.y[:n])).error


@pytest.mark.parametrize(("kind", "params", "y"), [
    ("add", {}, [5.0, -7.0, 6.0]), ("subtract", {}, [-3.0, 3.0, 0.0]), ("multiply", {}, [4.0, 10.0, 9.0]),
    ("average", {}, [2.5, -3.5, 3.0]), ("maximum", {}, [4.0, -2.0, 3.0]),
    ("concatenate", {}, [1.0, -2.0, 3.0, 4.0, -5.0, 3.0]), ("dot", {}, [23.0]),
    ("dot", {"normalize": True}, [23.0 / np.sqrt(14.0 * 50.0)]),
])
def test_merges_at_points_that_can_be_worked_out_by_hand(kind, params, y):
    assert merged(kind, **params) == pytest.approx(y, rel=1e-12)


@pytest.mark.parametrize("kind", ["add", "subtract", "multiply", "average", "maximum", "dot"])
def test_inputs_that_differ_are_refused_with_both_shapes_and_what_to_do(kind):
    with pytest.raises(ShapeError) as caught:
        LAYERS[kind]().infer((4,), (8,))
    title = LAYERS[kind].info.title
    assert caught.value.problem.text == f"{title}: the inputs differ, (4) and (8). Bring both to the same shape."


def test_equal_inputs_of_a_maximum_share_the_gradient():
    bench = Bench(LAYERS["maximum"], Example(shapes=((3,), (3,))), n=1)
    bench.xs = [A, B]
    (da, db), _ = bench.backward(np.full((1, 3), 2.0))
    assert da.tolist() == [[0.0, 2.0, 1.0]]
    assert db.tolist() == [[2.0, 0.0, 1.0]]


def test_concatenate_puts_b_behind_a_along_the_axis():
    a, b = np.zeros((1, 2, 2)), np.ones((1, 1, 2))
    assert merged("concatenate", a, b, axis=1).tolist() == [[0, 0], [0, 0], [1, 1]]
    assert merged("concatenate", a, b, axis=-2).tolist() == [[0, 0], [0, 0], [1, 1]]
    assert merged("concatenate", a, a + 1).tolist() == [[0, 0, 1, 1], [0, 0, 1, 1]]


@pytest.mark.parametrize(("axis", "shapes", "words"), [
    (0, ((4,), (4,)), "no axis 0"), (2, ((4,), (4,)), "no axis 2"), (-2, ((4,), (4,)), "no axis -2"),
    (-1, ((2, 3), (3, 3)), "not only along axis -1"), (1, ((2, 3), (2, 4)), "not only along axis 1"),
    (-1, ((2, 3), (3,)), "the inputs differ"),
])
def test_what_cannot_be_concatenated_is_refused(axis, shapes, words):
    with pytest.raises(ShapeError, match=words) as caught:
        LAYERS["concatenate"](axis=axis).infer(*shapes)
    assert caught.value.problem.hint.endswith(".")


def test_a_dot_product_wants_rows():
    with pytest.raises(ShapeError, match="one row"):
        LAYERS["dot"]().infer((2, 3), (2, 3))


def test_a_row_of_zeros_has_no_direction_and_no_gradient():
    bench = Bench(LAYERS["dot"], Example({"normalize": True}, ((3,), (3,))), n=1)
    bench.xs = [np.zeros((1, 3)), B]
    assert bench.forward().tolist() == [[0.0]]
    (da, db), _ = bench.backward(np.ones((1, 1)))
    assert not da.any()
    assert not db.any()


@pytest.mark.parametrize(("target", "shape", "result"), [
    ([6], (2, 3), (6,)), ([-1], (2, 3), (6,)), ([3, -1], (6,), (3, 2)), ([1, -1, 1], (4,), (1, 4, 1)),
])
def test_reshape_works_out_the_length_that_is_left_open(target, shape, result):
    assert LAYERS["reshape"](target=target).infer(shape) == result


@pytest.mark.parametrize("target", [[0], [2, 0], [-1, -1], [-2], []])
def test_reshape_refuses_a_target_that_can_never_be_a_shape(target):
    with pytest.raises(ParamError, match="target"):
        LAYERS["reshape"](target=target)


@pytest.mark.parametrize("target", [[5], [4, -1], [2, 2]])
def test_reshape_says_how_many_numbers_do_not_fit(target):
    with pytest.raises(ShapeError, match=r"the 6 numbers of \(2, 3\) do not fill") as caught:
        LAYERS["reshape"](target=target).infer((2, 3))
    assert "product is 6" in caught.value.problem.hint


def test_permute_takes_the_axes_in_their_new_order():
    x = np.arange(24.0).reshape(1, 2, 3, 4)
    bench = Bench(LAYERS["permute"], Example({"dims": [3, 1, 2]}, ((2, 3, 4),)), n=1)
    assert np.array_equal(bench.forward([x]), x.transpose(0, 3, 1, 2))
    assert LAYERS["permute"]().infer((2, 3, 4)) == (4, 3, 2)


@pytest.mark.parametrize("dims", [[1], [1, 1], [1, 3], [2, 1, 3]])
def test_permute_refuses_an_order_that_does_not_name_every_axis_once(dims):
    with pytest.raises(ShapeError, match="each of the 2 axes") as caught:
        LAYERS["permute"](dims=dims).infer((2, 3))
    assert "1, 2" in caught.value.problem.hint


def test_a_layer_that_only_reshapes_copies_nothing():
    doc = wired(("square", "reshape", {"target": [2, 2]}, ["input"]), ("row", "flatten", {}, ["square"]),
                ("last", "dense", {"units": 3}, ["row"]))
    plan = Network(doc, check(doc)).plan(5, train=True)
    assert plan.values["square"].shape == (5, 2, 2)
    assert plan.values["row"].shape == (5, 4)
    assert all(np.shares_memory(plan.x, plan.values[name]) for name in ("square", "row"))


DENSE, SQUARE = ("dense", {"units": 6}), ("reshape", {"target": [2, 3]})
BLOCKS = {
    "two layers": [DENSE, ("tanh", {}), DENSE],
    "nothing": [("identity", {})],
    "a shape of its own": [SQUARE, ("permute", {}), ("dense", {"units": 2}), ("tanh", {}), ("flatten", {}), DENSE],
    "only another shape": [SQUARE, ("flatten", {})],
    "batch normalisation": [("batch_norm", {}), ("tanh", {}), DENSE],
    "layer normalisation": [("layer_norm", {}), DENSE, ("rms_norm", {})],
    "noise": [("gaussian_noise", {}), DENSE, SQUARE, ("spatial_dropout", {}), ("flatten", {})],
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_residual_connection_adds_up_the_gradients_of_both_ways(name):
    assert error(residual(*BLOCKS[name])) < 1e-6


@pytest.mark.parametrize("shaped", ["first", "second", "both"])
def test_a_node_that_is_read_in_two_shapes_adds_up_their_gradients(shaped):
    one = ["rows", "input2"] if shaped == "first" else ["input2", "rows"]
    doc = wired(("input2", "dense", {"units": 6}, ["input"]), ("grid", *SQUARE, ["input2"]),
                ("rows", "flatten", {}, ["grid"]),
                ("sum", "multiply", {}, ["rows", "rows"] if shaped == "both" else one),
                ("last", "dense", {"units": 3}, ["sum"]))
    assert error(doc) < 1e-6


def test_one_wire_into_both_ports_counts_twice():
    doc = wired(("first", "dense", {"units": 3}, ["input"]), ("twice", "add", {}, ["first", "first"]))
    assert error(doc) < 1e-5


@pytest.mark.parametrize(("kind", "width"), [("subtract", 4), ("multiply", 4), ("average", 4), ("maximum", 4),
                                             ("concatenate", 8), ("dot", 1)])
def test_every_merge_of_two_branches_has_the_right_gradient(kind, width):
    doc = wired(("left", "dense", {"units": 4}, ["input"]), ("right", "dense", {"units": 4}, ["input"]),
                ("bent", "tanh", {}, ["right"]), ("merged", kind, {}, ["left", "bent"]),
                ("last", "dense", {"units": 3}, ["merged"]))
    assert check(doc).shapes["merged"] == (width,)
    assert error(doc) < 1e-6


@pytest.mark.parametrize("name", BLOCKS)
def test_a_document_with_a_residual_block_trains(name):
    session = Session(residual(*BLOCKS[name], epochs=15, learning_rate=0.02, batch_size=16))
    events = list(train(session, Control()))
    losses = [event.loss for event in events if isinstance(event, EpochDone)]
    assert isinstance(events[-1], Finished)
    assert losses[-1] < 0.7 * losses[0]


def test_branches_that_do_not_fit_are_a_problem_at_the_merge():
    doc = wired(("wide", "dense", {"units": 8}, ["input"]), ("sum", "add", {}, ["input", "wide"]),
                ("last", "dense", {"units": 3}, ["sum"]))
    (problem,) = check(doc).of("sum")
    assert problem.text == "Add: the inputs differ, (4) and (8). Bring both to the same shape."
