"""The compiled network: weights, plans, predictions."""
import numpy as np
import pytest

from core.datasets import DATASETS, Samples
from core.engine.network import PLANS, Network
from core.engine.parts import LARGEST as CHUNK
from core.engine.parts import chunk_size
from core.errors import GraphError
from core.graph import edits
from core.graph.check import check
from core.graph.document import Edge, Node
from tests.core._build import chain, dense, xor


def network(doc, **options):
    return Network(doc, check(doc), **options)


IRIS = chain(dense(6), "tanh", ("dropout", {"rate": 0.5}), dense(3), "softmax", source="iris",
             loss="sparse_categorical_crossentropy")


def test_a_document_with_errors_is_refused_with_the_first_of_them():
    doc = edits.disconnect(xor(), [Edge("dense", "sigmoid")])
    with pytest.raises(GraphError, match="not connected") as caught:
        network(doc)
    assert caught.value.problem == check(doc).problems[0]


def test_the_same_seed_gives_the_same_weights_and_another_seed_others():
    one, same, other = network(IRIS, seed=5), network(IRIS, seed=5), network(IRIS, seed=6)
    assert one.weights.flat.tobytes() == same.weights.flat.tobytes()
    assert not np.array_equal(one.weights.flat, other.weights.flat)


def test_a_new_node_leaves_the_first_weights_of_the_others_alone():
    doc = chain(dense(4), dense(1))
    more = edits.add_node(doc, Node("extra", "dense", {"units": 4}))
    more = edits.connect(edits.connect(more, Edge("dense", "extra")), Edge("extra", "dense_2"))
    a, b = network(doc), network(more)
    for node in ("dense", "dense_2"):
        assert np.array_equal(a.weights[node]["W"], b.weights[node]["W"])


def test_layers_of_the_same_shape_start_differently():
    net = network(chain(dense(2), dense(2), dense(1)))
    assert not np.array_equal(net.weights["dense"]["W"], net.weights["dense_2"]["W"])


def test_a_deeper_network_needs_no_more_memory_for_gradients():
    def bytes_of(depth):
        net = network(chain(dense(50), *["tanh"] * depth, dense(1)))
        net.plan(10, train=True)
        return net.working_bytes

    output_and_slope = 2 * 10 * 50 * 4
    assert bytes_of(9) - bytes_of(3) == 6 * output_and_slope


def test_all_weights_are_views_into_one_flat_vector():
    net = network(IRIS)
    assert net.parameters == 4 * 6 + 6 + 6 * 3 + 3
    net.weights.flat[...] = 7.0
    assert all((net.weights[node][name] == 7.0).all() for node in net.weights for name in net.weights[node])
    assert net.weights.flat.dtype == np.float32


def test_the_cost_counts_multiply_adds():
    assert network(IRIS).flops == 4 * 6 + 6 * 3


@pytest.mark.parametrize("n", [0, 1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 3])
def test_any_number_of_samples_can_be_predicted(n):
    net = network(IRIS)
    x = np.random.default_rng(0).normal(size=(n, 4)).astype(np.float32)
    y = net.predict(x)
    assert y.shape == (n, 3)
    assert y.dtype == np.float32
    few = [net.predict(x[i : i + 1]) for i in (0, n // 2, n - 1)] if n else []
    for i, alone in zip((0, n // 2, n - 1), few, strict=False):
        assert alone[0] == pytest.approx(y[i], rel=1e-5, abs=1e-6)
    every = net.predict_all(x)
    assert every.keys() == IRIS.nodes.keys()
    assert np.array_equal(every["output"], y)
    assert every["dense"].shape == (n, 6)


def test_predictions_are_copies_that_later_ones_leave_alone():
    net, rng = network(IRIS), np.random.default_rng(0)
    first = net.predict(rng.normal(size=(5, 4)))
    kept = first.copy()
    net.predict(rng.normal(size=(5, 4)))
    assert np.array_equal(first, kept)


def test_prediction_uses_no_dropout_and_no_chance():
    net = network(IRIS)
    x, state = np.ones((3, 4)), net.rng.bit_generator.state
    assert np.array_equal(net.predict(x), net.predict(x))
    assert net.rng.bit_generator.state == state
    assert np.array_equal(net.predict(x, "dropout"), net.predict(x, "tanh"))


def test_the_prediction_of_raw_scores_is_what_the_loss_makes_of_them():
    doc = chain(dense(3), source="iris", loss="sparse_categorical_crossentropy")
    net, x = network(doc), np.random.default_rng(0).normal(size=(5, 4))
    assert net.predict(x).sum(1) == pytest.approx(1.0)
    assert net.predict(x, "dense").sum(1) != pytest.approx(1.0)


def test_activations_of_an_inner_node_and_of_the_input_can_be_had():
    net, x = network(IRIS), np.random.default_rng(0).normal(size=(5, 4)).astype(np.float32)
    assert np.array_equal(net.predict(x, "input"), x)
    assert net.predict(x, "tanh") == pytest.approx(np.tanh(net.predict(x, "dense")))


def test_evaluation_gives_the_mean_loss_and_the_share_of_right_classes():
    net, data = network(IRIS, dtype=np.float64), DATASETS["iris"]().load(0)
    p = net.predict(data.x)
    loss, right = net.evaluate(data, net.targets(data.y))
    assert loss == pytest.approx(-np.log(p[np.arange(150), data.y]).mean())
    assert right == pytest.approx((p.argmax(1) == data.y).mean())


@pytest.mark.parametrize("loss", ["mse", "categorical_crossentropy", "sparse_categorical_crossentropy"])
def test_the_three_encodings_of_classes_count_the_same_samples_as_right(loss):
    doc = chain(dense(3), "softmax", source="iris", loss=loss)
    net, data = network(doc, seed=4), DATASETS["iris"]().load(0)
    _, right = net.evaluate(data, net.targets(data.y))
    assert right == pytest.approx((net.predict(data.x).argmax(1) == data.y).mean())


def test_evaluating_more_than_one_chunk_weights_every_sample_alike():
    doc = chain(dense(1), "sigmoid", loss="binary_crossentropy", source={"kind": "line", "params": {"samples": 2500}})
    net, data = network(doc, dtype=np.float64), DATASETS["line"](samples=2500).load(0)
    p = net.predict(data.x)[:, 0]
    loss, right = net.evaluate(data, net.targets(data.y))
    assert loss == pytest.approx(-np.log(np.where(data.y, p, 1 - p)).mean())
    assert right == pytest.approx(((p > 0.5) == data.y).mean())


def test_evaluating_nothing_measures_nothing():
    net = network(IRIS)
    nothing = Samples(np.empty((0, 4), np.float32), np.empty(0, np.intp))
    assert np.isnan(net.evaluate(nothing, net.targets(nothing.y))).all()


def test_plans_are_kept_and_the_oldest_is_let_go():
    net = network(IRIS)
    first = net.plan(1, train=True)
    assert net.plan(1, train=True) is first
    for n in range(2, PLANS + 2):
        net.plan(n, train=True)
    assert net.plan(1, train=True) is not first


def test_plans_of_one_mode_share_their_memory_and_those_of_the_other_do_not():
    net = network(IRIS)
    large, small, other = net.plan(8, train=True), net.plan(3, train=True), net.plan(3, train=False)
    assert np.shares_memory(large.x, small.x)
    assert not np.shares_memory(large.x, other.x)


def test_evaluating_between_two_steps_changes_nothing_of_the_training_pass():
    net, rng = network(IRIS), np.random.default_rng(0)
    plan = net.plan(6, train=True)
    plan.x[...] = rng.normal(size=(6, 4))
    before = plan.x.copy()
    for run in plan.forward:
        run()
    values = {k: v.copy() for k, v in plan.values.items()}
    net.predict(rng.normal(size=(20, 4)))
    assert np.array_equal(plan.x, before)
    assert all(np.array_equal(values[k], plan.values[k]) for k in values)


def test_a_branch_that_leads_nowhere_is_left_out():
    doc = chain(dense(4), "tanh", dense(1))
    branched = edits.connect(edits.add_node(doc, Node("side", "dense", {"units": 9})), Edge("tanh", "side"))
    a, b = network(doc), network(branched)
    assert {unit.id for unit in b.units} == set(doc.nodes)
    assert a.weights.flat.tobytes() == b.weights.flat.tobytes()


def test_frozen_weights_get_no_gradient():
    doc = chain(dense(4), "tanh", dense(1), frozen=("dense_2",))
    net = network(doc)
    plan = net.plan(4, train=True)
    plan.fill(1.0, [0.0])
    for run in plan.forward:
        run()
    plan.loss()
    for run in plan.backward:
        run()
    assert not net.gradients["dense_2"]["W"].any()
    assert net.gradients["dense"]["W"].any()


def test_nothing_before_the_first_trained_layer_is_asked_for_a_gradient():
    doc = chain("tanh", dense(4), "tanh", dense(1), frozen=("dense",))
    net = network(doc)
    assert len(net.plan(4, train=True).backward) == 2


def test_weights_come_and_go_as_named_copies():
    net = network(IRIS)
    copies = net.weights.copies()
    assert list(copies) == ["dense.W", "dense.b", "dense_2.W", "dense_2.b"]
    copies["dense.W"][...] = 3.0
    assert not (net.weights["dense"]["W"] == 3.0).any()
    other = network(IRIS, seed=9)
    taken, missing = other.weights.load({**copies, "stranger.W": np.ones(3), "dense_2.b": np.ones(99)})
    assert taken == ["dense.W", "dense.b", "dense_2.W"]
    assert missing == ["dense_2.b"]
    assert (other.weights["dense"]["W"] == 3.0).all()


def test_targets_are_given_as_the_loss_wants_them():
    y = np.array([2, 0, 1])
    sparse, hot = network(IRIS), network(chain(dense(3), source="iris", loss="mse"))
    assert sparse.targets(y)[0] is y
    assert hot.targets(y)[0].tolist() == np.eye(3)[y].tolist()
    binary = network(xor())
    assert binary.targets(np.array([1, 0]))[0].tolist() == [[1.0], [0.0]]


@pytest.mark.parametrize(("numbers", "size"), [(0, 2048), (57, 2048), (2048, 512), (40_000, 26), (10**9, 16)])
def test_large_samples_are_evaluated_in_smaller_chunks(numbers, size):
    assert chunk_size(numbers) == size
