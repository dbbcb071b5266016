"""The layers that attend, against plain formulas and against each other."""
import numpy as np
import pytest

from core.datasets import DATASETS
from core.engine.network import Network
from core.errors import ShapeError
from core.graph import edits
from core.graph.check import check
from core.graph.document import Edge, Node
from core.layers import LAYERS, Example, _parts
from tests.core._build import dense
from tests.core.layers._bench import Bench

SELF = ["multi_head_attention", "transformer_encoder"]
CALM = {"dropout": 0.0}
VARIANTS = [("multi_head_attention", {}), ("transformer_encoder", {}), ("transformer_encoder", {"norm_first": True})]
TIME, FEATURES = 6, 4


def bench(kind, n=3, time=TIME, **params):
    """A layer with 2 heads on sequences of 4 features, by default without dropout."""
    shapes = ((time, FEATURES),) if kind != "cross_attention" else ((time, FEATURES), (5, 3))
    return Bench(LAYERS[kind], Example({"num_heads": 2, **CALM, **params}, shapes), n=n)


def plain_attention(made, q, k, v):
    """The context of every head, one sample and head after the other."""
    heads, n = made.layer.num_heads, len(q)
    context, width = np.empty((*q.shape[:2], v.shape[2])), q.shape[2] // heads
    for i in range(n):
        for h in range(heads):
            columns = slice(h * width, (h + 1) * width)
            scores = np.exp(q[i][:, columns] @ k[i][:, columns].T / np.sqrt(width))
            context[i][:, columns] = scores / scores.sum(1, keepdims=True) @ v[i][:, columns]
    return context


def test_multi_head_attention_is_the_plain_formula():
    made = bench("multi_head_attention")
    w = made.weights
    q, k, v = np.split(made.xs[0] @ w["W_in"] + w["b_in"], 3, axis=2)
    expected = plain_attention(made, q, k, v) @ w["W_out"] + w["b_out"]
    assert made.forward() == pytest.approx(expected, rel=1e-12)


def test_cross_attention_is_the_plain_formula():
    made = bench("cross_attention", key_dim=3)
    (x, memory), w = made.xs, made.weights
    k, v = np.split(memory @ w["W_memory"] + w["b_memory"], 2, axis=2)
    expected = plain_attention(made, x @ w["W_query"] + w["b_query"], k, v) @ w["W_out"] + w["b_out"]
    assert made.forward() == pytest.approx(expected, rel=1e-12)


def test_cross_attention_of_a_sequence_to_itself_is_self_attention():
    own = bench("multi_head_attention")
    other = Bench(LAYERS["cross_attention"], Example({"num_heads": 2}, (own.example.shapes * 2)), n=3)
    w = own.weights
    weights = {"W_query": w["W_in"][:, :4], "W_memory": w["W_in"][:, 4:], "W_out": w["W_out"],
               "b_query": w["b_in"][:4], "b_memory": w["b_in"][4:], "b_out": w["b_out"]}
    assert other.forward(own.xs * 2, weights) == pytest.approx(own.forward(), rel=1e-12)


@pytest.mark.parametrize(("kind", "params"), VARIANTS)
def test_what_comes_later_does_not_reach_a_causal_layer(kind, params):
    made = bench(kind, causal=True, **params)
    changed = made.xs[0].copy()
    changed[:, 4:] += 1.0
    before, after = made.forward(), made.forward([changed])
    assert np.array_equal(before[:, :4], after[:, :4])
    assert (before[:, 4:] != after[:, 4:]).any(2).all()


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize(("kind", "params"), VARIANTS)
def test_padding_changes_nothing_but_the_length(kind, params, causal):
    short = bench(kind, masked=True, causal=causal, **params)
    long = bench(kind, masked=True, causal=causal, time=9, **params)
    long.weights = short.weights
    long.xs = [np.concatenate([short.xs[0][:, :2], np.zeros((3, 3, 4)), short.xs[0][:, 2:]], axis=1)]
    y, there = long.forward(), [0, 1, 5, 6, 7, 8]
    assert y[:, there] == pytest.approx(short.forward(), rel=1e-12)
    assert not y[:, 2:5].any()
    dy = np.random.default_rng(0).normal(size=y.shape)
    (dx,), grads = long.backward(dy)
    (dx_short,), grads_short = short.backward(np.ascontiguousarray(dy[:, there]))
    assert dx[:, there] == pytest.approx(dx_short, rel=1e-10)
    assert not dx[:, 2:5].any()
    for name, gradient in grads.items():
        assert gradient == pytest.approx(grads_short[name], rel=1e-10, abs=1e-12)


@pytest.mark.parametrize(("kind", "params"), VARIANTS)
def test_a_sequence_of_nothing_but_padding_gives_zeros_and_no_gradient(kind, params):
    made = bench(kind, masked=True, **params)
    made.xs[0][1] = 0.0
    assert not made.forward()[1].any()
    (dx,), grads = made.backward(np.ones((3, TIME, FEATURES)))
    assert not dx[1].any()
    alone = bench(kind, n=2, masked=True, **params)
    alone.xs, alone.weights = [made.xs[0][::2]], made.weights
    for name, gradient in alone.backward(np.ones((2, TIME, FEATURES)))[1].items():
        assert grads[name] == pytest.approx(gradient, rel=1e-10, abs=1e-12)


def test_a_memory_of_nothing_but_padding_gives_no_attention():
    made = bench("cross_attention", masked=True)
    made.xs[1][1] = 0.0
    assert made.forward()[1] == pytest.approx(np.broadcast_to(made.weights["b_out"], (TIME, FEATURES)))
    dxs, grads = made.backward(np.ones((3, TIME, FEATURES)))
    assert not dxs[0][1].any()
    assert not dxs[1][1].any()
    assert all(np.isfinite(gradient).all() for gradient in grads.values())


def test_padding_of_a_memory_is_not_looked_at_and_queries_that_are_padding_give_zeros():
    made = bench("cross_attention", masked=True)
    made.xs[1][:, 3:] = 0.0
    cut = Bench(LAYERS["cross_attention"], Example(made.example.params, ((TIME, 4), (3, 3))), n=3)
    expected = cut.forward([made.xs[0], made.xs[1][:, :3]], made.weights)
    assert made.forward() == pytest.approx(expected, rel=1e-12)
    made.xs[0][:, 2] = 0.0
    y = made.forward()
    assert not y[:, 2].any()
    assert np.delete(y, 2, axis=1) == pytest.approx(np.delete(expected, 2, axis=1), rel=1e-12)


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("causal", [False, True])
def test_scores_far_apart_give_attention_to_the_largest_alone(causal, masked):
    made = bench("multi_head_attention", causal=causal, masked=masked)
    made.xs[0] *= 1e5
    y = made.forward()
    attention = made.layer.attention(made.weights, made.xs[0])
    assert np.isfinite(y).all()
    assert set(np.unique(attention.round(6))) == {0.0, 1.0}
    v = (made.xs[0] @ made.weights["W_in"] + made.weights["b_in"])[..., 2 * FEATURES :].reshape(3, TIME, 2, 2)
    context = (attention @ v.transpose(0, 2, 1, 3)).transpose(0, 2, 1, 3).reshape(3, TIME, FEATURES)
    assert y == pytest.approx(context @ made.weights["W_out"] + made.weights["b_out"], rel=1e-9)


@pytest.mark.parametrize(("kind", "params"), [*VARIANTS, ("cross_attention", {})])
def test_the_matrix_of_attention_shows_who_looks_at_whom(kind, params):
    causal = {"causal": True} if kind in SELF else {}
    made = bench(kind, masked=True, **causal, **params)
    made.xs[-1][0, 2] = 0.0
    found = made.layer.attention(made.weights, *made.xs)
    assert found.shape == (3, 2, TIME, made.xs[-1].shape[1])
    assert not found[0, :, :, 2].any()
    if causal:
        assert np.array_equal(np.triu(found, 1), np.zeros_like(found))
    looking = np.repeat((made.xs[0] != 0.0).any(2)[:, None], 2, axis=1)
    assert found.sum(3) == pytest.approx(looking.astype(float))


@pytest.mark.parametrize(("kind", "params"), [*VARIANTS, ("cross_attention", {})])
@pytest.mark.parametrize("train", [True, False])
def test_samples_that_are_worked_on_in_groups_give_the_same(kind, params, train, monkeypatch):
    def run(cache):
        monkeypatch.setattr(_parts, "CACHE", cache)
        made = bench(kind, n=7, masked=True, **params)
        made.train = train
        made.xs[0][2, 1:] = 0.0
        dxs, grads = made.backward(np.random.default_rng(1).normal(size=(7, TIME, FEATURES)))
        return [made.forward(), *dxs, *grads.values()]

    for whole, grouped in zip(run(1 << 20), run(2000), strict=True):
        assert grouped == pytest.approx(whole, rel=1e-11, abs=1e-13)


def test_groups_are_of_about_the_same_size_and_fit():
    made = bench("multi_head_attention", n=9)
    frame, _, _ = made.bound(made.xs, made.weights)
    sizes = [part.stop - part.start for part in _parts.Parts(frame, 9, _parts.CACHE // 8 // 4).slices]
    assert sizes == [3, 3, 3]


@pytest.mark.parametrize(("kind", "params"), VARIANTS)
def test_dropout_leaves_evaluation_alone(kind, params):
    still, lively = bench(kind, **params), bench(kind, dropout=0.5, **params)
    assert not np.allclose(lively.forward(), still.forward())
    lively.train = False
    assert np.array_equal(lively.forward(), still.forward())


def test_dropout_of_attention_keeps_the_mean():
    made = bench("multi_head_attention", n=1, dropout=0.4)
    frame, run, _ = made.bound(made.xs, made.weights)
    total = np.zeros_like(frame.y)
    for _ in range(4000):
        run()
        total += frame.y
    assert total / 4000 == pytest.approx(bench("multi_head_attention", n=1).forward(), abs=0.1)


@pytest.mark.parametrize("kind", [*SELF, "cross_attention"])
def test_heads_that_do_not_divide_the_features_are_refused_with_what_to_do(kind):
    shapes = [(5, 6)] * len(LAYERS[kind].inputs)
    with pytest.raises(ShapeError, match="6 features do not split into 4 equal heads") as caught:
        LAYERS[kind](num_heads=4).infer(*shapes)
    assert caught.value.problem.hint == "Choose a number of heads that divides 6, or a Key dim of your own."
    assert LAYERS[kind](num_heads=4, key_dim=2).infer(*shapes) == (5, 6)


@pytest.mark.parametrize("shape", [(4,), (2, 3, 4), (0, 4)])
@pytest.mark.parametrize("kind", [*SELF, "cross_attention"])
def test_what_is_no_sequence_is_refused(kind, shape):
    title, good = LAYERS[kind].info.title, (3, 4)
    wrong = [(shape,)] if kind in SELF else [(shape, good), (good, shape)]
    for shapes in wrong:
        with pytest.raises(ShapeError, match=title):
            LAYERS[kind]().infer(*shapes)


def test_queries_keys_and_values_start_as_three_layers_of_their_own():
    W = LAYERS["multi_head_attention"](num_heads=1).build(np.random.default_rng(0), (5, 30))["W_in"]
    bound = np.sqrt(6 / (30 + 30))
    assert W.shape == (30, 90)
    assert 0.98 * bound < np.abs(W).max() <= bound
    assert not np.allclose(W[:, :30], W[:, 30:60])


@pytest.mark.parametrize(("kind", "shapes", "cost"), [
    ("multi_head_attention", [(5, 4)], 5 * 4 * 12 + 2 * 25 * 4 + 5 * 4 * 4),
    ("transformer_encoder", [(5, 4)], 5 * 4 * 12 + 2 * 25 * 4 + 5 * 4 * 4 + 2 * 5 * 4 * 7),
    ("cross_attention", [(5, 4), (3, 6)], 5 * 4 * 4 + 3 * 6 * 8 + 2 * 5 * 3 * 4 + 5 * 4 * 4),
])
def test_the_cost_counts_projections_scores_sums_and_hidden_units(kind, shapes, cost):
    params = {"units": 7} if kind == "transformer_encoder" else {}
    assert LAYERS[kind](num_heads=2, **params).cost(*shapes) == cost


SOURCE = {"kind": "make_classification",
          "params": {"samples": 40, "features": 6, "informative": 4, "redundant": 0, "classes": 3}}
NODES = {
    "attention": ("multi_head_attention", {"num_heads": 2}), "norm_1": ("layer_norm", {}), "norm_2": ("layer_norm", {}),
    "hidden": dense(5), "relu": ("relu", {}), "outward": dense(4), "add_1": ("add", {}), "add_2": ("add", {}),
}
NORMS_LAST = ("before>attention before>add_1.a attention>add_1.b add_1>norm_1 norm_1>hidden hidden>relu relu>outward "
              "norm_1>add_2.a outward>add_2.b add_2>norm_2 norm_2>flatten")
NORMS_FIRST = ("before>norm_1 norm_1>attention before>add_1.a attention>add_1.b add_1>norm_2 norm_2>hidden hidden>relu "
               "relu>outward add_1>add_2.a outward>add_2.b add_2>flatten")
# Node in the graph of parts -> weight there -> weight of the block.
COPIED = {
    "attention": {name: name for name in ("W_in", "b_in", "W_out", "b_out")},
    "norm_1": {"gamma": "gamma_1", "beta": "beta_1"}, "norm_2": {"gamma": "gamma_2", "beta": "beta_2"},
    "hidden": {"W": "W_1", "b": "b_1"}, "outward": {"W": "W_2", "b": "b_2"},
}


def network(nodes, wires):
    """6 numbers as 3 steps, a Dense to 4 features, what is given, Flatten, and a Dense to 3 classes."""
    ends = {"input": ("input", {}), "steps": ("reshape", {"target": [3, 2]}), "before": dense(FEATURES),
            "flatten": ("flatten", {}), "classes": dense(3), "softmax": ("softmax", {}),
            "output": ("output", {"loss": "sparse_categorical_crossentropy"})}
    doc = edits.set_data(edits.empty(), {"source": SOURCE})
    for name, (kind, params) in {**ends, **nodes}.items():
        doc = edits.add_node(doc, Node(name, kind, params))
    row = "input>steps steps>before flatten>classes classes>softmax softmax>output"
    for wire in f"{row} {wires}".split():
        source, target = wire.split(">")
        doc = edits.connect(doc, Edge(source, *target.split(".")))
    return Network(doc, check(doc), dtype=np.float64)


def trained_once(net):
    """The outputs, and the gradients by "node.name", of one pass over 7 samples."""
    data = DATASETS["make_classification"](**SOURCE["params"]).load(0)
    plan = net.plan(7, train=True)
    plan.fill(data.x[:7], net.targets(data.y[:7]))
    with np.errstate(all="ignore"):
        for run in (*plan.forward, plan.loss, *plan.backward):
            run()
    return {name: array.copy() for name, array in plan.values.items()}, net.gradients.copies()


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("norm_first", [False, True])
def test_a_block_gives_the_numbers_of_the_same_block_drawn_from_its_parts(norm_first, causal):
    heads = {"num_heads": 2, "causal": causal}
    one = network({"block": ("transformer_encoder", {**heads, **CALM, "units": 5, "norm_first": norm_first})},
                  "before>block block>flatten")
    parts = network({**NODES, "attention": ("multi_head_attention", heads)}, NORMS_FIRST if norm_first else NORMS_LAST)
    rng, ends = np.random.default_rng(0), ("before.W", "before.b", "classes.W", "classes.b")
    one.weights.flat[...] = rng.normal(size=one.parameters)
    names = {f"{node}.{name}": f"block.{own}" for node, table in COPIED.items() for name, own in table.items()}
    names |= {name: name for name in ends}
    copies = one.copies()
    _, missing = parts.load({name: copies[own] for name, own in names.items()})
    assert not missing
    values, gradients = trained_once(one)
    values_of_parts, gradients_of_parts = trained_once(parts)
    assert values_of_parts["flatten"] == pytest.approx(values["flatten"], rel=1e-10)
    assert values_of_parts["softmax"] == pytest.approx(values["softmax"], rel=1e-10)
    assert set(gradients_of_parts) == set(names)
    for name, own in names.items():
        assert gradients_of_parts[name] == pytest.approx(gradients[own], rel=1e-8, abs=1e-12)
