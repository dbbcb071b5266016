"""What every layer promises, for every example that it declares. A new layer is tested by being there."""
import json
import re
from pathlib import Path

import numpy as np
import pytest

import resources
from core.engine import gradcheck
from core.errors import ParamError, ShapeError
from core.layers import LAYERS, Example, Layer
from core.params import KindOf
from tests.core.layers._bench import Bench, cases, kinds, name_of

ICONS = Path(resources.__file__).parent / "icons" / "layers"
each_case = pytest.mark.parametrize(("kind", "example"), cases(), ids=name_of)
each_layer = pytest.mark.parametrize("kind", LAYERS.values(), ids=name_of)
each_mode = pytest.mark.parametrize("train", [True, False], ids=["training", "evaluation"])


@each_mode
@pytest.mark.parametrize("n", [1, 3, 5])
@each_case
def test_the_output_has_the_shape_that_was_inferred_and_every_number_is_set(kind, example, n, train):
    bench = Bench(kind, example, n=n, train=train)
    y = bench.forward()
    assert y.shape == (n, *bench.layer.infer(*example.shapes))
    assert np.isfinite(y).all()


@each_mode
@pytest.mark.parametrize("n", [1, 5])
@each_case
def test_gradients_agree_with_a_difference_along_a_random_direction(kind, example, n, train):
    bench, rng, step = Bench(kind, example, n=n, train=train), np.random.default_rng(1), 1e-6
    dy = rng.normal(size=(n, *bench.shape))
    dxs, grads = bench.backward(dy)
    x_way = bench.ways(rng)
    w_way = {k: rng.normal(size=w.shape) for k, w in bench.weights.items()}

    def at(side):
        xs = [x + side * step * way for x, way in zip(bench.xs, x_way, strict=True)]
        y = bench.forward(xs, {k: w + side * step * w_way[k] for k, w in bench.weights.items()})
        return y, bench.penalty(xs)

    (above, more), (below, less) = at(1), at(-1)
    numeric = np.vdot(dy, (above - below) / (2 * step)) + (more - less) / (2 * step)
    exact = sum(np.vdot(d, way) for d, way in zip(dxs, x_way, strict=True))
    exact += sum(np.vdot(grads[k], w_way[k]) for k in bench.weights)
    assert exact == pytest.approx(numeric, rel=1e-6, abs=1e-8)


@each_case
def test_the_gradient_of_each_weight_alone_agrees_with_differences(kind, example):
    bench, rng, step = Bench(kind, example), np.random.default_rng(2), 1e-6
    dy = rng.normal(size=(bench.n, *bench.shape))
    _, grads = bench.backward(dy)
    assert grads.keys() == bench.weights.keys()
    for name, weight in bench.weights.items():
        way = rng.normal(size=weight.shape)
        ends = [bench.forward(weights={**bench.weights, name: weight + side * step * way}) for side in (1, -1)]
        numeric = np.vdot(dy, (ends[0] - ends[1]) / (2 * step))
        assert np.vdot(grads[name], way) == pytest.approx(numeric, rel=1e-6, abs=1e-8)


@each_mode
@each_case
def test_inputs_weights_and_the_arriving_gradient_stay_as_they_are(kind, example, train):
    bench = Bench(kind, example, train=train)
    dy = np.random.default_rng(3).normal(size=(bench.n, *bench.shape))
    before = [a.copy() for a in (*bench.xs, *bench.weights.values(), dy)]
    bench.backward(dy)
    for old, new in zip(before, (*bench.xs, *bench.weights.values(), dy), strict=True):
        assert np.array_equal(old, new)


@each_case
def test_evaluation_treats_samples_one_by_one(kind, example):
    bench = Bench(kind, example, train=False)
    if kind.draws:
        # Its i-th sample has the i-th numbers, however many there are.
        alone = [bench.forward([x[: i + 1] for x in bench.xs], n=i + 1)[i:] for i in range(bench.n)]
    else:
        alone = [bench.forward([x[i : i + 1] for x in bench.xs], n=1) for i in range(bench.n)]
    assert np.concatenate(alone) == pytest.approx(bench.forward(), rel=1e-12, abs=1e-15)


@each_case
def test_running_the_same_pass_again_gives_the_same_numbers(kind, example):
    bench = Bench(kind, example, train=False)
    frame, run, _ = bench.bound(bench.xs, bench.weights)
    bench.go(run)
    first = frame.y.copy()
    bench.go(run, run)
    assert np.array_equal(first, frame.y)


@each_case
def test_gradients_are_written_not_added(kind, example):
    bench = Bench(kind, example)
    dy = np.ones((bench.n, *bench.shape))
    frame, run, back = bench.bound(bench.xs, bench.weights, dy)
    bench.go(run, back)
    first = [a.copy() for a in (*frame.dxs, *frame.grads.values())]
    bench.go(back)
    for old, new in zip(first, (*frame.dxs, *frame.grads.values()), strict=True):
        assert np.array_equal(old, new)


@each_case
def test_backward_works_where_nobody_wants_the_gradient_of_the_input(kind, example):
    bench = Bench(kind, example)
    dy = np.random.default_rng(4).normal(size=(bench.n, *bench.shape))
    _, grads = bench.backward(dy)
    dxs, alone = bench.backward(dy, wanted=False)
    assert dxs == [None] * len(bench.xs)
    assert all(np.array_equal(grads[k], alone[k]) for k in grads)


@each_case
def test_a_frozen_layer_still_hands_the_gradient_down(kind, example):
    bench = Bench(kind, example)
    dy = np.random.default_rng(5).normal(size=(bench.n, *bench.shape))
    trained, _ = bench.backward(dy)
    frozen, grads = bench.backward(dy, trained=False)
    assert grads == {}
    assert all(np.array_equal(one, other) for one, other in zip(trained, frozen, strict=True))


@each_case
def test_single_precision_stays_single_and_agrees_with_double(kind, example):
    single, double = Bench(kind, example, dtype=np.float32), Bench(kind, example)
    dy = np.random.default_rng(6).normal(size=(single.n, *single.shape))
    y = single.forward()
    assert y.dtype == np.float32
    assert y == pytest.approx(double.forward(), rel=1e-4, abs=1e-5)
    for one, two in zip(single.backward(dy.astype(np.float32))[0], double.backward(dy)[0], strict=True):
        assert one == pytest.approx(two, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("kind", kinds(), ids=name_of)
def test_huge_inputs_give_no_nan(kind):
    bench = Bench(kind, kind.examples[0], dtype=np.float32)
    frame, run, back = bench.bound(bench.far(), bench.weights, np.ones((bench.n, *bench.shape), np.float32))
    bench.go(run, back)
    assert np.isfinite(frame.y).all()
    assert all(np.isfinite(dx).all() for dx in frame.dxs)


@each_case
def test_a_layer_has_weights_exactly_if_it_says_so_and_decays_some_of_them(kind, example):
    bench = Bench(kind, example)
    assert bool(bench.weights) == bench.layer.trainable
    assert bench.layer.decays() <= bench.weights.keys()
    assert bench.layer.cost(*example.shapes) >= 0
    built = bench.layer.build(np.random.default_rng(0), *example.shapes)
    assert all(w.dtype == np.float64 for w in built.values())


@each_layer
def test_the_declaration_is_complete(kind: type[Layer]):
    info = kind.info
    assert re.fullmatch(r"[a-z][a-z0-9_]*", info.kind)
    assert info.title
    assert info.summary
    assert not info.summary.endswith(".")
    assert info.category
    assert info.version >= 1
    assert (ICONS / f"{info.icon}.svg").is_file()
    assert all(word == word.lower() and word.strip() == word for word in info.keywords)
    assert set(kind.badges) <= set(kind.params)
    assert kind.examples
    assert len({port.name for port in kind.inputs}) == len(kind.inputs)
    # The shape of the data is what an Input gets.
    arriving = 1 if kind.role == "input" else len(kind.inputs)
    assert all(len(e.shapes) == arriving for e in kind.examples)


@each_layer
def test_the_docstring_gives_shapes_and_the_source_of_the_formula(kind: type[Layer]):
    assert kind.__doc__
    assert "Shapes:" in kind.__doc__
    assert kind.role or "Source:" in kind.__doc__


@each_layer
def test_every_parameter_is_explained_in_one_sentence(kind: type[Layer]):
    for name, param in kind.params.items():
        assert param.name == name
        assert param.doc.endswith(".")
        assert param.doc[0].isupper()
        assert param.title


@each_layer
def test_parameters_make_the_round_trip_through_their_configuration_and_json(kind: type[Layer]):
    for example in (Example(), *kind.examples):
        layer = kind(**example.params)
        assert kind(**layer.config()).config() == layer.config()
        plain = json.loads(json.dumps(kind.plain(layer.config())))
        assert kind(**plain).config() == layer.config()


@each_layer
def test_upgrading_what_this_version_wrote_changes_nothing(kind: type[Layer]):
    plain = kind.plain(kind().config())
    assert kind.upgrade(plain, kind.info.version) == plain


@each_layer
def test_a_parameter_that_does_not_exist_is_refused_by_name(kind: type[Layer]):
    with pytest.raises(ParamError, match="no_such_thing"):
        kind(no_such_thing=1)


@pytest.mark.parametrize(("kind", "name"), [(k, p) for k in LAYERS.values() for p in k.params], ids=name_of)
def test_a_wrong_value_is_refused_naming_the_parameter(kind, name):
    param = kind.params[name]
    wrong = [None, object(), float("nan"), {"kind": "no_such_kind"}, b"4"]
    low, high = getattr(param, "low", None), getattr(param, "high", None)
    number = not isinstance(param.initial, tuple)
    wrong += [low - 1] if low is not None and number else [[0]]
    wrong += [high + 1] if high is not None and number else [["x"]]
    for value in wrong:
        with pytest.raises(ParamError, match=name) as caught:
            kind(**{name: value})
        assert caught.value.problem.param == name
        assert caught.value.problem.text.endswith((".", "?"))


@pytest.mark.parametrize(("kind", "name"), [(k, p) for k in LAYERS.values() for p in k.params], ids=name_of)
def test_the_schema_describes_the_default(kind, name):
    param = kind.params[name]
    schema, default = param.schema(), param.to_json(param.initial)
    assert schema["description"] == param.doc
    assert json.loads(json.dumps(schema)) == schema
    if isinstance(param, KindOf):
        assert default["kind"] in schema["anyOf"][0]["enum"]
        chosen = [one["properties"]["kind"] for one in schema["anyOf"] if "properties" in one]
        assert [kind["const"] for kind in chosen if "const" in kind] == schema["anyOf"][0]["enum"]
    else:
        assert schema["default"] == default


@pytest.mark.parametrize("kind", [k for k in LAYERS.values() if k.inputs and k.info.kind != "dropout"], ids=name_of)
def test_a_sample_without_features_is_refused_with_what_to_do(kind):
    with pytest.raises(ShapeError, match=kind.info.title) as caught:
        kind().infer(())
    assert caught.value.problem.hint.endswith(".")


def test_the_gradient_check_itself_notices_a_wrong_gradient():
    assert gradcheck.GradientCheck(1.0, 1.001).error > 1e-4
    assert gradcheck.GradientCheck(2.0, 2.0).error == 0.0
