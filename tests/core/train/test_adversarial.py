"""Generator against discriminator."""
from __future__ import annotations

import numpy as np
import pytest

from core.graph import edits
from core.graph.check import check
from core.graph.document import Edge, Node
from core.train.control import Control
from core.train.loop import train
from core.train.session import Session
from tests.core._build import xor
from tests.core.train._drive import run

NODES = (
    Node("input", "input"), Node("noise", "noise", {"shape": [2]}),
    Node("g1", "dense", {"units": 16}), Node("g2", "relu"), Node("g3", "dense", {"units": 2}),
    Node("mix", "real_or_generated"),
    Node("d1", "dense", {"units": 16}), Node("d2", "leaky_relu"), Node("d3", "dense", {"units": 1}),
    Node("output", "output", {"loss": "binary_crossentropy"}),
)
WIRES = ("noise g1", "g1 g2", "g2 g3", "g3 mix generated", "input mix real", "mix d1", "d1 d2", "d2 d3", "d3 output")


def gan(nodes=NODES, wires=WIRES, **training):
    doc = edits.set_data(edits.empty(), {"source": {"kind": "gaussians", "params": {"samples": 300, "noise": 0.2}}})
    doc = edits.set_training(doc, {"rule": "adversarial", "optimizer": {"kind": "adam", "params": {"beta1": 0.5}},
                                   "learning_rate": 0.002, "batch_size": 50, "epochs": 2, **training})
    for node in nodes:
        doc = edits.add_node(doc, node)
    for wire in wires:
        doc = edits.connect(doc, Edge(*wire.split()))
    return doc


def snapshot(session):
    return {name: array.copy() for name, array in session.network.copies().items()}


def test_both_sides_learn_and_each_only_in_its_turn():
    session = Session(gan())
    before = snapshot(session)
    session.rule.begin_epoch()
    seen = []
    discriminator, generator = session.rule._updaters
    for updater in (discriminator, generator):
        original = updater.update

        def update(original=original):
            original()
            seen.append(snapshot(session))

        updater.update = update
    session.rule.step(0)
    after_discriminator, after_generator = seen
    for name in before:
        side = name[0]
        assert np.array_equal(before[name], after_discriminator[name]) == (side == "g")
        assert np.array_equal(after_discriminator[name], after_generator[name]) == (side == "d")


def test_the_generator_learns_to_make_samples_like_those_of_the_data():
    session, _ = run(gan(epochs=200))
    x = session.parts.train.x
    made = session.network.predict(x, "g3")
    # Two clouds on a diagonal: far apart along it, narrow across it.
    for axis in (np.array([1.0, 1.0]), np.array([1.0, -1.0])):
        assert (made @ axis).std() == pytest.approx((x @ axis).std(), rel=0.6, abs=0.6)
    assert np.abs(made.mean(0) - x.mean(0)).max() < 1.5


def test_prediction_judges_the_samples_that_it_is_given():
    session, _ = run(gan())
    x = session.parts.train.x
    far = session.network.predict(x + 3.0)
    assert session.network.predict(x).shape == (len(x), 1)
    assert not np.allclose(far, session.network.predict(x))


def test_the_same_seed_gives_the_same_bits_also_when_stopped_and_resumed():
    whole = run(gan(epochs=3))[0]
    session = Session(gan(epochs=3))
    for stop in (2, 7, 13):
        control = Control(paused=True)
        control.step(stop - session.step)
        for _ in train(session, control):
            if session.step == stop:
                control.stop()
    run(session)
    assert session.network.weights.flat.tobytes() == whole.network.weights.flat.tobytes()


def test_what_is_remembered_between_two_batches_is_all_there_is():
    doc = gan(epochs=3)
    whole = run(doc)[0]
    first = Session(doc)
    control = Control(paused=True)
    control.step(8)
    for _ in train(first, control):
        if first.step == 8:
            control.stop()
    second = Session(doc)
    second.network.load(first.network.copies())
    second.recall(first.memory())
    run(second)
    assert second.network.weights.flat.tobytes() == whole.network.weights.flat.tobytes()


def test_frozen_layers_of_either_side_stay():
    doc = edits.freeze(edits.freeze(gan(), "g1", True), "d3", True)
    session = Session(doc)
    before = snapshot(session)
    run(session)
    after = snapshot(session)
    for name in before:
        assert np.array_equal(before[name], after[name]) == (name.split(".")[0] in ("g1", "d3"))


def test_running_means_are_those_of_the_side_whose_turn_it_is():
    nodes = [Node("g2", "batch_norm") if node.id == "g2" else node for node in NODES]
    nodes = [Node("d2", "batch_norm") if node.id == "d2" else node for node in nodes]
    session, _ = run(gan(nodes))
    assert all(np.isfinite(array).all() for array in session.network.copies().values())
    assert not np.array_equal(session.network.state["g2"]["mean"], np.zeros(16))
    assert not np.array_equal(session.network.state["d2"]["mean"], np.zeros(16))


def problem(doc):
    report = check(doc)
    assert not report.ok
    return next(p for p in report.problems if p.blocks)


@pytest.mark.parametrize(("doc", "words"), [
    (edits.set_training(xor(), {"rule": "adversarial"}), "there is none"),
    (gan(wires=[*(w for w in WIRES if w != "noise g1"), "input g1"]), "from noise alone"),
    (gan([n for n in NODES if n.id not in ("g1", "g2", "g3")],
         [*(w for w in WIRES if "g" not in w.split("_")[0].replace("generated", "")), "noise mix generated"]),
     "The generator has no layer with weights"),
    (gan([*NODES, Node("before", "dense", {"units": 2})], [*(w for w in WIRES if w != "input mix real"), "input before",
                                                           "before mix real"]), "layers that learn lead to its input"),
    (gan([Node("d3", "dense", {"units": 2}) if n.id == "d3" else n for n in NODES]),
     "a discriminator gives one number"),
    (edits.set_params(gan(), "output", {"loss": "sparse_categorical_crossentropy"}), "gives one number"),
], ids=["no mixture", "generator sees data", "no generator", "real is learned", "two numbers", "class loss"])
def test_a_network_that_is_no_pair_of_adversaries_is_told_why(doc, words):
    found = problem(doc)
    assert words in found.message
    assert found.hint.endswith(".")
