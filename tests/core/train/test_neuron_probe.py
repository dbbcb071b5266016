"""What the inspector says of a neuron, against the network asked directly and against differences in float64."""
from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from core.io import examples
from core.train.calm import calm
from core.train.probes import NotApplicable, answer
from core.train.probes.excites import Excites
from core.train.probes.neuron import Neuron
from core.train.references import NeuronRef, SampleRef
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense

STEP = 1e-6


def trained(name: str, steps: int = 5) -> Session:
    session = Session(examples.load(name), dtype=np.float64)
    session.rule.begin_epoch()
    for batch in range(steps):
        session.rule.step(batch % session.rule.batches)
    return session


def conv_session() -> Session:
    """A picture, a convolution at whose border there are zeros, and no chance."""
    session = Session(chain(("reshape", {"target": [8, 8, 1]}),
                            ("conv2d", {"filters": 3, "kernel_size": [3], "stride": [2], "padding": "same"}), "relu",
                            "flatten", dense(10), "softmax", loss="sparse_categorical_crossentropy",
                            source="digits"), dtype=np.float64)
    # Where a picture is empty, z must not stand at the corner of the ReLU, where there is no slope to measure.
    session.network.weights["conv2d"]["b"][...] = 0.1, 0.2, -0.1
    return session


def ask(session: Session, node: str = "", number: int = 0, sample: int = 0) -> Neuron:
    found = answer(session, Request.of("neuron", node=node, number=number, part="train", sample=sample))
    assert isinstance(found, Neuron)
    return found


def name_of(session: Session, kind: str) -> str:
    return next(unit.id for unit in session.network.units if unit.layer.info.kind == kind)


def loss_of(session: Session, sample: int = 0) -> float:
    """The loss of one sample in evaluation, which nothing of the tape computes."""
    one = session.parts.train.take(np.array([sample]))
    return float(session.network.evaluate(one, session.network.targets(one.y))[0])


def measured(session: Session, node: str, name: str, index: tuple[int, ...], sample: int = 0) -> float:
    """The gradient of the loss by one weight, from a central difference."""
    array = session.network.weights[node][name]
    was, found = array[index], []
    for step in (STEP, -STEP):
        array[index] = was + step
        found.append(loss_of(session, sample))
    array[index] = was
    return (found[0] - found[1]) / (2 * STEP)


@pytest.mark.parametrize("name", ["xor-mlp", "spiral", "digits-mlp", "brackets-lstm", "mnist-small", "autoencoder"])
def test_the_calm_pass_gives_what_the_network_predicts(name: str) -> None:
    session = trained(name)
    tape, x = calm(session, SampleRef("train", 3)), session.parts.train.x[3:4]
    for node, value in session.network.predict_all(x).items():
        np.testing.assert_allclose(tape.values[node], value, rtol=1e-12, atol=1e-12)


def test_the_sum_of_a_dense_neuron_is_computed_as_by_hand() -> None:
    session = trained("xor-mlp")
    x = session.parts.train.x[2].astype(np.float64)
    W, b = (session.network.weights["hidden"][name] for name in ("W", "b"))
    found = ask(session, "hidden", 1, sample=2)
    assert found.sum is not None
    assert [term.name for term in found.sum.terms] == ["x1", "x2"]
    np.testing.assert_array_equal([term.value for term in found.sum.terms], x)
    np.testing.assert_array_equal([term.weight for term in found.sum.terms], W[:, 1])
    assert found.sum.bias == b[1]
    assert found.z == pytest.approx(x @ W[:, 1] + b[1], rel=1e-12)
    assert found.behind.a == pytest.approx(1 / (1 + math.exp(-found.z)), rel=1e-12)
    assert found.behind.activation == "Sigmoid"


def test_the_chain_rule_holds_factor_by_factor_against_the_textbook() -> None:
    session = trained("xor-mlp")
    found, reader = ask(session, "hidden", 1, sample=2), ask(session, "decision", 0, sample=2)
    behind = found.behind
    y, target = reader.behind.a, float(session.parts.train.y[2])
    slope_y = 2 * (y - target)
    slope_out = slope_y * y * (1 - y)
    assert reader.behind.by == ("the loss",)
    assert reader.behind.slope_a == pytest.approx(slope_y, rel=1e-9)
    assert reader.behind.slope_z == pytest.approx(slope_out, rel=1e-9)
    share, = behind.shares
    assert (share.weight, share.neuron) == (session.network.weights["decision"]["W"][1, 0], NeuronRef("decision", 0))
    assert behind.slope_a == pytest.approx(share.weight * slope_out, rel=1e-9)
    assert behind.steepness == pytest.approx(behind.a * (1 - behind.a), rel=1e-9)
    assert behind.slope_z == pytest.approx(behind.slope_a * behind.steepness, rel=1e-9)
    assert found.sum is not None
    for term in found.sum.terms:
        assert term.slope == pytest.approx(behind.slope_z * term.value, rel=1e-9)
    assert found.sum.bias_slope == pytest.approx(behind.slope_z, rel=1e-9)


@pytest.mark.parametrize(("name", "node"), [("xor-mlp", "hidden"), ("spiral", "hidden_2"), ("digits-mlp", "digit"),
                                            ("brackets-lstm", "decision"), ("autoencoder", "pixels")])
def test_gradients_of_the_weights_agree_with_differences(name: str, node: str) -> None:
    session = trained(name)
    found = ask(session, node, 0, sample=1)
    assert found.sum is not None
    assert found.sum.bias is not None
    assert found.sum.bias_slope == pytest.approx(measured(session, node, "b", (0,), 1), rel=1e-4, abs=1e-8)
    assert found.sum.bias_slope == pytest.approx(found.behind.slope_z, rel=1e-9)
    W = session.network.weights[node]["W"][:, 0]
    for term in found.sum.terms:
        index = int(np.flatnonzero(term.weight == W)[0])
        assert term.slope == pytest.approx(measured(session, node, "W", (index, 0), 1), rel=1e-4, abs=1e-8)


@pytest.mark.parametrize(("name", "node", "number"), [("spiral", "hidden_1", 3), ("digits-mlp", "hidden", 7),
                                                      ("mnist-small", "hidden", 2), ("brackets-lstm", "lstm", 5)])
def test_what_readers_send_back_adds_up_to_the_gradient(name: str, node: str, number: int) -> None:
    behind = ask(trained(name), node, number).behind
    assert math.fsum(share.product for share in behind.shares) + behind.rest == pytest.approx(behind.slope_a, rel=1e-9)
    assert behind.through == 0.0


def test_a_softmax_before_its_loss_has_the_difference_to_the_target_as_gradient() -> None:
    session = trained("digits-mlp")
    right = int(session.parts.train.y[0])
    for number in (right, (right + 1) % 10):
        behind = ask(session, "digit", number).behind
        assert (behind.joint, behind.target) == (True, float(number == right))
        assert behind.slope_z == pytest.approx(behind.a - float(number == right), rel=1e-9)


def test_many_inputs_are_named_by_the_largest_and_the_rest_is_added_up() -> None:
    session = trained("digits-mlp")
    found = ask(session, "hidden", 4)
    assert found.sum is not None
    products = session.parts.train.x[0] * session.network.weights["hidden"]["W"][:, 4]
    largest = sorted(map(abs, products), reverse=True)[:12]
    np.testing.assert_allclose([abs(term.product) for term in found.sum.terms], largest, rtol=1e-12)
    assert found.sum.others == 52
    total = math.fsum(term.product for term in found.sum.terms) + found.sum.rest + (found.sum.bias or 0.0)
    assert total == pytest.approx(found.z, rel=1e-9)


@pytest.mark.parametrize("number", [0, 2])
def test_a_filter_is_seen_where_it_answers_most_with_its_patch(number: int) -> None:
    session = conv_session()
    node = name_of(session, "conv2d")
    found = ask(session, node, number, sample=4)
    answers = session.network.predict(session.parts.train.x[4:5], node)[0, ..., number]
    assert found.z == pytest.approx(answers.max(), rel=1e-12)
    assert found.place == np.unravel_index(answers.argmax(), answers.shape)
    assert found.places == (4, 4)
    assert found.sum is not None
    assert found.sum.patch is not None
    assert found.sum.kernel is not None
    # Padding "same" of 8 places with stride 2: nothing in front, one zero behind.
    picture = np.pad(session.parts.train.x[4].reshape(8, 8), (0, 1))
    row, column = 2 * found.place[0], 2 * found.place[1]
    np.testing.assert_allclose(found.sum.patch[..., 0], picture[row : row + 3, column : column + 3])
    np.testing.assert_array_equal(found.sum.kernel, session.network.weights[node]["W"][..., number])
    total = float((found.sum.patch * found.sum.kernel).sum())
    assert total + (0.1, 0.2, -0.1)[number] == pytest.approx(found.z, rel=1e-9)
    assert math.fsum(t.product for t in found.sum.terms) + found.sum.rest == pytest.approx(total, rel=1e-9)


def test_the_gradient_of_a_filter_is_added_up_over_all_places() -> None:
    session = conv_session()
    node = name_of(session, "conv2d")
    found = ask(session, node, 1, sample=4)
    assert found.sum is not None
    assert found.sum.slopes is not None
    assert found.sum.uses == 16
    for index in ((0, 0, 0), (1, 2, 0), (2, 1, 0)):
        slope = measured(session, node, "W", (*index, 1), 4)
        assert found.sum.slopes[index] == pytest.approx(slope, rel=1e-4, abs=1e-8)
    assert found.sum.bias_slope == pytest.approx(measured(session, node, "b", (1,), 4), rel=1e-4, abs=1e-8)


def test_the_gradient_at_one_unit_of_an_lstm_agrees_with_a_difference() -> None:
    session = trained("brackets-lstm")
    found = ask(session, "lstm", 6)
    assert found.sum is None
    assert found.z == session.network.predict(session.parts.train.x[:1], "lstm")[0, 6]
    W, b = (session.network.weights["decision"][name] for name in ("W", "b"))
    state, target = session.network.predict(session.parts.train.x[:1], "lstm")[0], float(session.parts.train.y[0])

    def loss(change: float) -> float:
        moved = state.copy()
        moved[6] += change
        p = 1 / (1 + np.exp(-(moved @ W[:, 0] + b[0])))
        return float(-np.log(p if target else 1 - p))

    assert found.behind.slope_z == pytest.approx((loss(STEP) - loss(-STEP)) / (2 * STEP), rel=1e-5)
    assert found.formula.startswith("c[t] = f * c[t-1] + i * g")
    assert found.inputs == ("embedding",)


def test_an_input_leads_to_the_neuron_that_it_comes_from() -> None:
    found = ask(trained("spiral"), "hidden_2", 0)
    assert found.sum is not None
    assert [term.neuron for term in found.sum.terms] == [NeuronRef("hidden_1", number) for number in range(8)]


def test_an_activation_and_an_output_stand_for_the_neurons_before_them() -> None:
    session = trained("xor-mlp")
    assert ask(session, "hidden_sigmoid", 2).ref == NeuronRef("hidden", 2)
    assert ask(session, "output").ref == NeuronRef("decision", 0)


def test_any_kind_of_node_has_something_to_say() -> None:
    for name in ("mnist-small", "transformer-parts", "brackets-lstm", "gan"):
        session = trained(name, steps=1)
        for unit in session.network.units:
            found = ask(session, unit.id)
            assert found.formula
            assert found.count >= 1


def test_a_frozen_node_has_no_gradients_of_weights() -> None:
    from core.graph import edits

    session = Session(edits.freeze(examples.load("xor-mlp"), "hidden", True))
    found = ask(session, "hidden")
    assert found.sum is not None
    assert all(math.isnan(term.slope) for term in found.sum.terms)


def test_a_network_without_weights_says_what_is_missing() -> None:
    session = Session(examples.load("xor-mlp"))
    assert ask(session).ref == NeuronRef("hidden", 0)
    missing: Any = answer(session, Request.of("excites", node="nobody"))
    assert isinstance(missing, NotApplicable)


def test_looking_changes_no_bit_of_a_session() -> None:
    looked, plain = trained("mnist-small", 0), trained("mnist-small", 0)
    for batch in range(3):
        ask(looked, sample=batch)
        answer(looked, Request.of("excites", node="hidden", number=1))
        for session in (looked, plain):
            session.rule.step(batch % session.rule.batches)
    assert np.array_equal(looked.network.weights.flat, plain.network.weights.flat)


def test_the_samples_that_excite_most_are_those_with_the_largest_answers() -> None:
    session = trained("digits-mlp")
    found = answer(session, Request.of("excites", node="hidden", number=3))
    assert isinstance(found, Excites)
    answers = session.network.predict(session.parts.train.x, "hidden_relu")[:, 3]
    np.testing.assert_allclose(found.answers, np.sort(answers)[::-1][:9])
    for ref, value, look in zip(found.best, found.answers, found.looks, strict=True):
        assert answers[ref.number] == value
        np.testing.assert_array_equal(look, session.parts.train.x[ref.number].reshape(8, 8, 1))
    counts, edges = np.histogram(answers, 24)
    assert found.counts == tuple(counts)
    assert found.edges == pytest.approx((edges[0], edges[-1]))
    assert found.silent == pytest.approx(np.mean(answers == 0))


def test_a_map_answers_with_its_largest_number() -> None:
    session = conv_session()
    node = name_of(session, "conv2d")
    found = answer(session, Request.of("excites", node=node, number=2))
    maps = session.network.predict(session.parts.train.x, name_of(session, "relu"))[..., 2]
    assert found.answers[0] == pytest.approx(maps.reshape(len(maps), -1).max(axis=1).max())


def test_what_excites_it_is_told_in_words_where_samples_are_made_of_words() -> None:
    session = trained("brackets-lstm", 1)
    found = answer(session, Request.of("excites", node="lstm", number=1))
    assert isinstance(found, Excites)
    words = session.parts.spec.words
    for ref, text in zip(found.best, found.texts, strict=True):
        tokens = session.parts.train.x[ref.number].astype(int)
        assert text == " ".join(words[token] for token in tokens[tokens > 0])
    plain = answer(trained("xor-mlp", 1), Request.of("excites", node="hidden"))
    assert isinstance(plain, Excites)
    assert plain.texts == ()
