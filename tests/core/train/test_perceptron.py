"""The perceptron rule against one written by hand, and what it says at the end."""
import numpy as np
import pytest

from core.graph import edits
from core.io import examples
from core.train.events import EpochDone, Warned
from core.train.separable import separable
from core.train.session import Session
from tests.core._build import chain, dense
from tests.core.train._drive import of, run, well_formed


def perceptron(source, bias=True, initializer="zeros", **training):
    return chain(dense(1, bias=bias, initializer=initializer), "step", source=source, rule="perceptron",
                 **{"learning_rate": 0.5, "epochs": 60, "shuffle": False, **training})


def rosenblatt(x, y, rate, epochs, bias=True):
    """Weights, bias, and the number of errors of every epoch until one has none."""
    w, b, errors = [0.0] * x.shape[1], 0.0, []
    for _ in range(epochs):
        wrong = 0
        for row, target in zip(x.tolist(), y.tolist(), strict=True):
            fires = 1 if sum(a * c for a, c in zip(w, row, strict=True)) + b > 0 else 0
            if fires != target:
                wrong += 1
                w = [a + rate * (target - fires) * c for a, c in zip(w, row, strict=True)]
                b += rate * (target - fires) * bias
        errors.append(wrong)
        if not wrong:
            break
    return w, b, errors


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("source", ["and", "or", "xor", {"kind": "line", "params": {"samples": 30}}])
def test_it_agrees_with_the_rule_written_by_hand(source, bias):
    session, events = run(perceptron(source, bias, epochs=20), dtype=np.float64)
    w, b, errors = rosenblatt(session.parts.train.x, session.parts.train.y, 0.5, 20, bias)
    weights = session.network.weights["dense"]
    assert weights["W"].ravel() == pytest.approx(w, abs=1e-6)
    assert not bias or weights["b"][0] == pytest.approx(b, abs=1e-6)
    done = of(events, EpochDone)
    n = len(session.parts.train)
    assert [e.loss for e in done] == pytest.approx([wrong / n for wrong in errors])
    assert [e.score for e in done] == pytest.approx([1 - wrong / n for wrong in errors])


@pytest.mark.parametrize("name", ["and", "or"])
def test_it_says_at_which_epoch_it_converged(name):
    session, events = run(perceptron(name))
    _, _, errors = rosenblatt(session.parts.train.x, session.parts.train.y, 0.5, 60)
    assert events[-1].reason == "converged"
    assert events[-1].epoch == len(errors)
    assert events[-1].summary == (f"The perceptron converged: epoch {len(errors)} passed without an error, "
                                  f"the last correction was in epoch {len(errors) - 1}.")
    assert well_formed(events)
    assert not of(events, Warned)


def test_training_on_after_convergence_remembers_the_last_correction():
    session, first = run(perceptron("and"))
    _, again = run(session)
    assert again[-1].summary.endswith(first[-1].summary[first[-1].summary.index("the last correction") :])


def test_weights_that_are_right_from_the_start_need_no_correction():
    session = Session(perceptron("or"))
    session.network.weights["dense"]["W"][...] = 1.0
    _, events = run(session)
    assert events[-1].summary == "The perceptron converged: epoch 1 passed without an error."


def test_xor_is_called_inseparable_once_and_again_at_the_end():
    _, events = run(perceptron("xor"))
    assert well_formed(events)
    (warned,) = of(events, Warned)
    assert warned.problem.code == "perceptron.inseparable"
    assert warned.problem.severity == "warning"
    assert events[-1].reason == "inseparable"
    assert "not linearly separable" in events[-1].summary
    assert "Add a hidden layer" in events[-1].summary
    assert len(of(events, EpochDone)) == 60


@pytest.mark.parametrize("epochs", [1, 3, 10])
def test_even_a_short_run_says_that_it_cannot(epochs):
    _, events = run(perceptron("xor", epochs=epochs))
    assert events[-1].reason == "inseparable"


def test_separable_classes_that_need_more_epochs_are_not_called_inseparable():
    _, events = run(perceptron("and", epochs=2))
    assert events[-1].reason == "done"
    assert not of(events, Warned)


@pytest.mark.parametrize("bias", [True, False])
def test_separability_counts_the_bias_that_is_there(bias):
    x = np.array([[1.0], [2.0], [3.0], [4.0]])
    assert separable(x, np.array([0, 0, 1, 1]), bias=bias) == bias


@pytest.mark.parametrize(("truth", "answer"), [((0, 0, 0, 1), True), ((0, 1, 1, 1), True), ((0, 1, 1, 0), False),
                                              ((1, 1, 1, 1), True), ((0, 1, 0, 1), True), ((1, 0, 0, 1), False)])
def test_separability_of_functions_of_two_bits(truth, answer):
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    assert separable(x, np.array(truth)) is answer


def test_separability_agrees_with_how_random_points_were_made():
    rng = np.random.default_rng(0)
    for _ in range(10):
        x, w = rng.normal(size=(40, 3)), rng.normal(size=3)
        y = (x @ w > 0.1).astype(int)
        assert separable(x, y)
        assert not separable(np.vstack([x, x[:1]]), np.append(y, 1 - y[0])), "one point in both classes"


def test_the_learning_rate_only_scales_what_starts_at_zero():
    one, two = run(perceptron("and", learning_rate=0.5))[0], run(perceptron("and", learning_rate=0.25))[0]
    assert one.network.weights.flat == pytest.approx(2 * two.network.weights.flat)


def test_shuffling_is_seeded():
    doc = perceptron({"kind": "line", "params": {"samples": 50}}, shuffle=True)
    assert run(doc)[0].network.weights.flat.tobytes() == run(doc)[0].network.weights.flat.tobytes()


def test_a_frozen_perceptron_is_refused():
    from core.graph.check import check

    doc = edits.freeze(perceptron("and"), "dense", True)
    assert [p.code for p in check(doc).problems] == ["graph.frozen"]


@pytest.mark.parametrize(("name", "reason"), [("perceptron-and", "converged"), ("perceptron-or", "converged"),
                                              ("perceptron-xor", "inseparable")])
def test_the_shipped_perceptrons_end_as_they_promise(name, reason):
    _, events = run(examples.load(name))
    assert events[-1].reason == reason
