"""What every loss promises. A new loss needs its formula in _formulas.py, and is tested with that."""
import re

import numpy as np
import pytest

from core.layers import LAYERS
from core.losses import LOSSES, LossFrame
from tests.core.losses import _formulas

VARIANTS = {
    "huber, narrow": ("huber", {"delta": 0.3}),
    "hinge, squared": ("hinge", {"squared": True}),
    "binary_crossentropy, smoothed": ("binary_crossentropy", {"label_smoothing": 0.1}),
    "categorical_crossentropy, smoothed": ("categorical_crossentropy", {"label_smoothing": 0.2}),
    "sparse_categorical_crossentropy, smoothed": ("sparse_categorical_crossentropy", {"label_smoothing": 0.2}),
    "binary_crossentropy, weighted": ("binary_crossentropy", {"class_weights": [0.3, 2.0]}),
    "binary_crossentropy, both": ("binary_crossentropy", {"label_smoothing": 0.1, "class_weights": [3.0, 0.5]}),
    "categorical_crossentropy, weighted": ("categorical_crossentropy", {"class_weights": [0.3, 2.0, 1.0]}),
    "categorical_crossentropy, both": (
        "categorical_crossentropy", {"label_smoothing": 0.2, "class_weights": [0.3, 2.0, 0.0]}),
    "sparse_categorical_crossentropy, weighted": (
        "sparse_categorical_crossentropy", {"class_weights": [0.3, 2.0, 1.0]}),
    "sparse_categorical_crossentropy, both": (
        "sparse_categorical_crossentropy", {"label_smoothing": 0.2, "class_weights": [0.3, 2.0, 0.5]}),
}
CASES = {**{name: (name, {}) for name in LOSSES}, **VARIANTS}
each_loss = pytest.mark.parametrize("name", list(CASES))
from_scores = pytest.mark.parametrize("name", [case for case, (kind, _) in CASES.items() if LOSSES[kind].activation])


def made(name):
    """The loss of a case."""
    kind, params = CASES[name]
    return LOSSES[kind](**params)


def textbook(table, name, given, t):
    """The value by the formula that was written once more."""
    kind, params = CASES[name]
    return table[kind](given, t, **params)


def targets(kind, n, k, rng):
    if kind.encoding == "label":
        return rng.integers(k, size=n)
    if kind.encoding == "one_hot":
        return np.eye(k)[rng.integers(k, size=n)]
    return (rng.integers(2, size=(n, k)) if kind.task == "classification" else rng.normal(size=(n, k))).astype(float)


def bound(name, p, z, t, dtype=np.float64, gradient=True, **part):
    """The two functions of a loss over poisoned memory, and where the gradient goes. `part`: count and weight."""
    def scratch(shape, kind=dtype):
        return np.full(shape, np.nan if np.dtype(kind).kind == "f" else 1, kind)

    d = scratch(p.shape) if gradient else np.empty(0, dtype)
    frame = LossFrame(p, z, t, d, scratch, **part)
    value, gradient, _ = made(name).bind(frame)
    return value, gradient, d


def scores_and_predictions(name, z, dtype=np.float64):
    z = np.asarray(z, dtype)
    p = np.full_like(z, np.nan)
    with np.errstate(all="ignore"):
        made(name).activate(z, p)
    return z, p


def example(name, n=5, k=3, scores=True):
    rng = np.random.default_rng(n)
    kind = made(name)
    t = targets(kind, n, k, rng)
    if scores and kind.activation:
        return *scores_and_predictions(name, rng.normal(scale=2.0, size=(n, k))), t
    p = rng.uniform(0.05, 0.95, size=(n, k)) if kind.activation else rng.normal(size=(n, k))
    return None, p, t


@pytest.mark.parametrize("n", [1, 3, 5])
@each_loss
def test_the_value_from_predictions_is_that_of_the_textbook(name, n):
    _, p, t = example(name, n, scores=False)
    value, _, _ = bound(name, p, None, t)
    assert value() == pytest.approx(textbook(_formulas.OF_PROBABILITIES, name, p, t), rel=1e-12)


@pytest.mark.parametrize("n", [1, 3, 5])
@from_scores
def test_the_value_from_scores_is_that_of_the_textbook(name, n):
    z, p, t = example(name, n)
    value, _, _ = bound(name, p, z, t)
    assert value() == pytest.approx(textbook(_formulas.OF_SCORES, name, z, t), rel=1e-12)


@from_scores
def test_the_predictions_that_belong_to_scores_are_those_of_the_named_layer(name):
    z, p, _ = example(name)
    activation = made(name).activation
    assert p == pytest.approx(_formulas.ACTIVATIONS[activation](z), rel=1e-12)
    assert activation in LAYERS


@each_loss
def test_the_gradient_with_respect_to_predictions_agrees_with_differences(name):
    _, p, t = example(name, scores=False)
    rng, step = np.random.default_rng(1), 1e-6
    way = rng.normal(size=p.shape)
    value, gradient, d = bound(name, p, None, t)
    value()
    gradient()
    numeric = (bound(name, p + step * way, None, t)[0]() - bound(name, p - step * way, None, t)[0]()) / (2 * step)
    assert np.vdot(d, way) == pytest.approx(numeric, rel=1e-6)


@from_scores
def test_the_gradient_with_respect_to_scores_agrees_with_differences(name):
    z, p, t = example(name)
    rng, step = np.random.default_rng(1), 1e-6
    way = rng.normal(size=z.shape)
    value, gradient, d = bound(name, p, z, t)
    value()
    gradient()
    ends = [bound(name, *reversed(scores_and_predictions(name, z + side * step * way)), t)[0]() for side in (1, -1)]
    assert np.vdot(d, way) == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=1e-6)


@from_scores
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_scores_give_the_exact_value_and_a_finite_gradient(name, dtype):
    rng = np.random.default_rng(2)
    z, p = scores_and_predictions(name, np.where(rng.random((6, 3)) < 0.5, -1e4, 1e4), dtype)
    t = targets(made(name), 6, 3, rng)
    value, gradient, d = bound(name, p, z, t if t.dtype.kind == "i" else t.astype(dtype), dtype)
    assert value() == pytest.approx(textbook(_formulas.OF_SCORES, name, z.astype(float), t), rel=1e-6)
    gradient()
    assert np.isfinite(d).all()


@from_scores
def test_one_extreme_score_does_not_drown_the_others(name):
    z = np.zeros((4, 3))
    z[:, 1] = [1e4, 0.3, -0.2, 0.1]
    t = {"label": np.array([1, 1, 0, 2]), "one_hot": np.eye(3)[[1, 1, 0, 2]]}.get(
        made(name).encoding, (z > 0).astype(float))
    z32, p32 = scores_and_predictions(name, z, np.float32)
    value, _, _ = bound(name, p32, z32, t if t.dtype.kind == "i" else t.astype(np.float32), np.float32)
    assert value() == pytest.approx(textbook(_formulas.OF_SCORES, name, z, t), rel=1e-5)


def test_a_nearly_perfect_binary_prediction_has_a_small_positive_loss_in_single_precision():
    z, p = scores_and_predictions("binary_crossentropy", [[25.0], [-25.0], [30.0]], np.float32)
    t = np.array([[1.0], [0.0], [1.0]], np.float32)
    value, _, _ = bound("binary_crossentropy", p, z, t, np.float32)
    assert value() == pytest.approx(_formulas.binary_of_scores(z, t), rel=1e-5)


@pytest.mark.parametrize("name", ["categorical_crossentropy", "sparse_categorical_crossentropy"])
def test_a_hopelessly_wrong_class_costs_what_its_score_lags_behind(name):
    z, p = scores_and_predictions(name, [[0.0, 90.0, 5.0]], np.float32)
    t = np.array([0]) if name.startswith("sparse") else np.array([[1.0, 0.0, 0.0]], np.float32)
    value, _, _ = bound(name, p, z, t, np.float32)
    assert value() == pytest.approx(90.0, rel=1e-6)


@each_loss
def test_predictions_at_the_very_ends_cost_much_but_not_infinitely(name):
    kind = made(name)
    p = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    t = {"label": np.array([0, 0]), "one_hot": np.eye(3)[[0, 0]]}.get(kind.encoding, 1.0 - p)
    value, gradient, d = bound(name, p, None, t)
    with np.errstate(all="raise"):
        assert np.isfinite(value())
        gradient()
    assert np.isfinite(d).all()


@each_loss
def test_predictions_scores_and_targets_stay_as_they_are(name):
    for scores in (True, False):
        z, p, t = example(name, scores=scores)
        before = [a.copy() for a in (z, p, t) if a is not None]
        value, gradient, _ = bound(name, p, z, t)
        value()
        gradient()
        assert all(np.array_equal(a, b) for a, b in zip(before, [a for a in (z, p, t) if a is not None], strict=True))


@each_loss
def test_without_a_gradient_only_the_value_is_needed(name):
    z, p, t = example(name)
    value, _, _ = bound(name, p, z, t, gradient=False)
    assert np.isfinite(value())


@each_loss
def test_the_value_is_the_mean_over_samples_whatever_their_number(name):
    z, p, t = example(name, 4)
    whole = bound(name, p, z, t)[0]()
    halves = [bound(name, p[part], None if z is None else z[part], t[part])[0]() for part in (slice(2), slice(2, 4))]
    assert whole == pytest.approx(sum(halves) / 2, rel=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("scores", [True, False])
@each_loss
def test_the_loss_of_each_sample_is_that_of_the_sample_alone_and_of_the_textbook(name, scores, dtype):
    (z, p, t), loss = example(name, 7, scores=scores), made(name)
    z, p, t = (a if a is None or a.dtype.kind == "i" else a.astype(dtype) for a in (z, p, t))
    def bind(rows, **part):
        frame = LossFrame(p[rows], None if z is None else z[rows], t[rows], np.empty(0),
                          lambda shape, kind=dtype: np.full(shape, np.nan if np.dtype(kind).kind == "f" else 1, kind),
                          **part)
        return loss.bind(frame)

    found = bind(slice(None), count=20, weight=0.7).each()
    assert (found.shape, found.dtype) == ((7,), np.float64)
    alone = [bind(slice(i, i + 1), weight=0.7).value() for i in range(7)]
    precise = 1e-6 if dtype == np.float32 else 1e-12
    assert found == pytest.approx(alone, rel=precise, abs=precise)
    table, given = (_formulas.OF_PROBABILITIES, p) if z is None else (_formulas.OF_SCORES, z)
    book = [0.7 * textbook(table, name, given[i:i + 1].astype(float), t[i:i + 1]) for i in range(7)]
    assert found == pytest.approx(book, rel=10 * precise, abs=precise)


def evaluated(name, z, p, t, **part):
    """Value and gradient."""
    value, gradient, d = bound(name, p, z, t, **part)
    found = value()
    gradient()
    return found, d


@pytest.mark.parametrize("scores", [True, False])
@each_loss
def test_the_parts_of_a_batch_add_up_to_it(name, scores):
    z, p, t = example(name, 5, scores=scores)
    whole, slope = evaluated(name, z, p, t)
    parts = [evaluated(name, None if z is None else z[cut], p[cut], t[cut], count=5) for cut in (slice(2), slice(2, 5))]
    assert sum(found for found, _ in parts) == pytest.approx(whole, rel=1e-12)
    assert np.concatenate([d for _, d in parts]) == pytest.approx(slope, rel=1e-12)


@pytest.mark.parametrize("scores", [True, False])
@each_loss
def test_the_weight_of_a_loss_multiplies_its_value_and_its_gradient(name, scores):
    (plain, slope), (found, d) = (evaluated(name, *example(name, scores=scores), weight=w) for w in (1.0, 0.3))
    assert found == pytest.approx(0.3 * plain, rel=1e-12)
    assert d == pytest.approx(0.3 * slope, rel=1e-12)


@each_loss
def test_single_precision_agrees_with_double(name):
    z, p, t = example(name)
    def low(a):
        return a if a is None or a.dtype.kind == "i" else a.astype(np.float32)

    value, gradient, d = bound(name, low(p), low(z), low(t), np.float32)
    exact, slope, double = bound(name, p, z, t)
    assert value() == pytest.approx(exact(), rel=1e-5)
    gradient()
    slope()
    assert d.dtype == np.float32
    assert d == pytest.approx(double, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("scores", [True, False])
@pytest.mark.parametrize("name", [kind for kind, loss in LOSSES.items() if "label_smoothing" in loss.params])
def test_a_trace_of_smoothing_gives_what_none_gives(name, scores, monkeypatch):
    def results(share):
        monkeypatch.setitem(CASES, name, (name, {"label_smoothing": share}))
        z, p, t = example(name, scores=scores)
        value, gradient, d = bound(name, p, z, t)
        found = value()
        gradient()
        return found, d

    (plain, slope), (near, near_slope) = results(0.0), results(1e-12)
    assert near == pytest.approx(plain, rel=1e-9)
    assert near_slope == pytest.approx(slope, rel=1e-9)


@pytest.mark.parametrize("name", [kind for kind, loss in LOSSES.items() if "class_weights" in loss.params])
def test_class_weights_of_one_change_nothing_and_a_wrong_number_of_them_is_a_problem(name, monkeypatch):
    wanted = 2 if name == "binary_crossentropy" else 3
    plain, slope = evaluated(name, *example(name))
    monkeypatch.setitem(CASES, name, (name, {"class_weights": [1.0] * wanted}))
    found, d = evaluated(name, *example(name))
    assert found == pytest.approx(plain, rel=1e-12)
    assert d == pytest.approx(slope, rel=1e-12)
    assert LOSSES[name]().problems(3) == made(name).problems(3) == []
    for given in ([1.0], [1.0] * (wanted + 1)):
        (problem,) = LOSSES[name](class_weights=given).problems(3)
        assert (problem.code, problem.param, problem.blocks) == ("loss.class_weights", "class_weights", True)
        assert f"needs {wanted} class weights, but has {len(given)}" in problem.message
        assert f"{wanted} numbers" in problem.hint


@each_loss
def test_the_default_parameters_suit_data_of_any_kind(name):
    assert LOSSES[CASES[name][0]]().problems(0) == LOSSES[CASES[name][0]]().problems(3) == []


@pytest.mark.parametrize("name", list(LOSSES))
def test_the_declaration_is_complete(name):
    kind = LOSSES[name]
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
    assert kind.info.title
    assert kind.info.summary
    assert kind.info.category in ("Classification", "Regression")
    assert all(word == word.lower() for word in kind.info.keywords)
    assert "Shapes:" in kind.__doc__
    assert "Source:" in kind.__doc__
    assert kind().config() == kind(**kind().config()).config()


def test_half_a_target_is_compared_with_its_share():
    t = np.array([[0.5, 0.25, 0.25], [0.0, 0.9, 0.1]])
    z, p = scores_and_predictions("kl_divergence", np.log(t + 1e-300))
    assert bound("kl_divergence", p, z, t)[0]() == pytest.approx(0.0, abs=1e-12)
    z, p = scores_and_predictions("kl_divergence", [[0.3, -1.0, 2.0], [0.0, 0.1, 0.2]])
    value, gradient, d = bound("kl_divergence", p, z, t)
    assert value() == pytest.approx(_formulas.divergence_of_scores(z, t), rel=1e-12)
    gradient()
    assert d == pytest.approx((p - t) / 2, rel=1e-12)


def test_cosine_similarity_sees_no_length():
    t = np.array([[3.0, 4.0, 0.0], [1.0, 1.0, 1.0]])
    value, gradient, d = bound("cosine_similarity", 7.0 * t, None, t)
    assert value() == pytest.approx(0.0, abs=1e-12)
    gradient()
    assert d == pytest.approx(np.zeros((2, 3)), abs=1e-12)
    assert bound("cosine_similarity", -0.1 * t, None, t)[0]() == pytest.approx(2.0, rel=1e-9)


def test_a_prediction_of_nothing_but_zeros_has_a_finite_gradient_towards_the_target():
    p, t = np.zeros((1, 3), np.float32), np.array([[0.0, 2.0, 0.0]], np.float32)
    value, gradient, d = bound("cosine_similarity", p, None, t, np.float32)
    assert value() == 1.0
    gradient()
    assert np.isfinite(d).all()
    assert d[0, 1] < 0.0
