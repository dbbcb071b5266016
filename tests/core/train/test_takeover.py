"""An edited network goes on from what it learned: bit for bit where nothing was lost, and nothing is shared."""
import math

import numpy as np
import pytest

from core.graph import edits
from core.graph.document import Edge, Node
from core.io import checkpoints
from core.train.control import Control
from core.train.loop import train
from core.train.session import Session
from core.train.takeover import Taken, comparable, named, take_over
from tests.core._build import chain, dense
from tests.core.io.test_checkpoints import DOCUMENTS, back, bits, rich, stopped
from tests.core.train._drive import run

STEPS = 17


def params(doc, node, **values):
    return edits.set_params(doc, node, values)


def replaced(doc, node, kind):
    """Another layer in the place of one: deleted, added under a new name and wired alike."""
    before = doc.sources(node)["x"]
    after = [edge for edge in doc.edges if edge.source == node]
    doc = edits.add_node(edits.remove_nodes(doc, [node]), Node(f"{kind}_new", kind))
    for edge in (Edge(before, f"{kind}_new"), *(Edge(f"{kind}_new", edge.target, edge.port) for edge in after)):
        doc = edits.connect(doc, edge)
    return doc


def taken_over(doc, old, **options):
    new = Session(doc)
    return new, take_over(new, old, **options)


def node_of(doc, kind, place=0):
    return sorted(name for name, node in doc.nodes.items() if node.kind == kind)[place]


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("step", [0, 5, STEPS])
def test_a_session_that_goes_on_from_an_equal_network_ends_with_the_same_bits(name, step):
    old = stopped(DOCUMENTS[name], step)
    new, taken = taken_over(DOCUMENTS[name], old)
    assert taken.kept
    assert not taken.fresh
    new.change(early_stopping=0, restore_best=False)
    old.change(early_stopping=0, restore_best=False)
    old.progress.since = old.epoch
    first = bits(run(old)[0]), bits(run(new)[0])
    # What a loss that diverges is compared with belongs to the network before.
    for *_, values, _ in first:
        values.pop("first_loss")
        values.pop("since")
        values.pop("best")
    assert first[0] == first[1]


def test_another_activation_keeps_weights_counters_history_and_the_optimizers_memory():
    doc = rich()
    old = stopped(doc, STEPS)
    new, taken = taken_over(replaced(doc, node_of(doc, "relu"), "tanh"), old)
    assert taken == Taken(tuple(dict.fromkeys((*old.network.weights, *old.network.state))), ())
    assert taken.text == ""
    there, here = old.network.copies(), new.network.copies()
    assert here.keys() == there.keys()
    assert all(np.array_equal(here[key], there[key]) for key in there)
    assert (new.epoch, new.batch, new.step, new.seconds) == (old.epoch, old.batch, old.step, old.seconds)
    assert np.array_equal(new.series.since(0), old.series.since(0), equal_nan=True)
    assert new.rule.updater.t == old.rule.updater.t == STEPS
    for name, slot in old.rule.updater.slots.items():
        assert slot.any()
        assert np.array_equal(new.rule.updater.slots[name], slot)


def test_training_on_leaves_the_session_before_as_it_was():
    doc = rich()
    old = stopped(doc, STEPS)
    before = bits(old)
    new, _ = taken_over(params(doc, node_of(doc, "dropout"), rate=0.5), old)
    after = bits(new)
    run(new)
    assert bits(old) == before
    new, _ = taken_over(params(doc, node_of(doc, "dropout"), rate=0.5), old)
    run(old)
    assert bits(new) == after


@pytest.mark.parametrize("change", [{"l2": 0.01}, {"clip_norm": 1.0}, {"schedule": "cosine"}, {"shuffle": False}])
def test_other_settings_of_training_keep_everything(change):
    old = stopped(rich(), STEPS)
    new, taken = taken_over(rich(**change), old)
    assert not taken.fresh
    assert (new.epoch, new.batch, new.step) == (old.epoch, old.batch, old.step)
    assert np.array_equal(new.network.weights.flat, old.network.weights.flat)
    assert new.rule.updater.t == STEPS


def test_another_optimizer_keeps_the_weights_and_begins_to_remember():
    old = stopped(rich(), STEPS)
    new, _ = taken_over(rich(optimizer="nadam"), old)
    assert np.array_equal(new.network.weights.flat, old.network.weights.flat)
    assert new.rule.updater.t == 0
    assert not any(slot.any() for slot in new.rule.updater.slots.values())
    assert new.step == STEPS


def test_batches_of_another_size_begin_the_epoch_anew_and_lose_no_step():
    old = stopped(rich(), STEPS)
    assert old.batch
    new, _ = taken_over(rich(batch_size=5), old)
    assert (new.epoch, new.batch, new.step, new.skipped) == (old.epoch, 0, STEPS, old.batch)
    assert bits(back(new)) == bits(new)
    _, events = run(new)
    assert events[0].step == STEPS
    steps = new.series.since(0)[:, 1]
    assert np.all(np.diff(steps) > 0)
    assert steps[old.epoch] == STEPS + new.rule.batches
    assert bits(back(new)) == bits(new)


def test_nodes_of_another_shape_start_fresh_and_the_others_go_on():
    doc = chain(dense(6), "tanh", dense(4), "tanh", dense(1), "sigmoid", optimizer="adam", epochs=20)
    first, second, third = sorted(name for name, node in doc.nodes.items() if node.kind == "dense")
    old = stopped(doc, 9)
    wider = params(doc, second, units=5)
    new, taken = taken_over(wider, old)
    assert taken == Taken((first,), (second, third))
    assert taken.text == f"{second}, {third} start fresh; everything else keeps what it learned."
    fresh = Session(wider)
    for node, like in ((first, old), (second, fresh), (third, fresh)):
        for name, array in like.network.weights[node].items():
            assert np.array_equal(new.network.weights[node][name], array)
    slot, its = new.rule.updater.slots["m"], old.rule.updater.slots["m"]
    place = new.network.weights.places[first, "W"]
    assert np.array_equal(slot[place], its[old.network.weights.places[first, "W"]])
    assert not slot[new.network.weights.places[second, "W"]].any()
    assert new.step == 9


def test_where_no_weights_are_left_training_starts_anew():
    doc = chain(dense(3), "tanh", dense(1), epochs=20)
    old = stopped(doc, 5)
    new, taken = taken_over(params(doc, node_of(doc, "dense"), units=4), old)
    assert not taken.kept
    assert (new.epoch, new.step, len(new.series)) == (0, 0, 0)


def test_a_layer_of_another_kind_starts_fresh_even_with_equal_shapes():
    doc = chain(dense(4), "layer_norm", dense(1))
    node = node_of(doc, "layer_norm")
    old = stopped(doc, 3)
    after = [edge for edge in doc.edges if node in (edge.source, edge.target)]
    other = edits.add_node(edits.remove_nodes(doc, [node]), Node(node, "batch_norm"))
    for edge in after:
        other = edits.connect(other, edge)
    _, taken = taken_over(other, old)
    assert taken.fresh == (node,)


def test_a_node_that_was_deleted_and_added_again_starts_fresh():
    doc = chain(dense(4), "tanh", dense(1))
    node = node_of(doc, "dense")
    _, taken = taken_over(doc, stopped(doc, 3), gone={node})
    assert taken.fresh == (node,)


def test_a_bypassed_node_finds_its_weights_when_it_computes_again():
    doc = chain(dense(4), "tanh", dense(4), "tanh", dense(1), epochs=50)
    node = node_of(doc, "dense", 1)
    old = stopped(doc, 7)
    learned = {name: array.copy() for name, array in old.network.weights[node].items()}
    without, taken = taken_over(edits.bypass(doc, node, True), old)
    assert node not in (*taken.kept, *taken.fresh)
    run(without)
    again, taken = taken_over(doc, without)
    assert not taken.fresh
    assert all(np.array_equal(again.network.weights[node][name], array) for name, array in learned.items())
    assert not again.aside


def test_a_deleted_node_is_forgotten():
    doc = chain(dense(4), "tanh", dense(4), "tanh", dense(1))
    node = node_of(doc, "dense", 1)
    bypassed, _ = taken_over(edits.bypass(doc, node, True), stopped(doc, 3))
    assert {key.rpartition(".")[0] for key in bypassed.aside} == {node}
    later, _ = taken_over(replaced(edits.bypass(doc, node, True), node, "tanh"), bypassed)
    assert not later.aside


def test_epochs_that_were_added_stay():
    old = stopped(rich(epochs=2), 4)
    old.change(more=30)
    new, _ = taken_over(rich(epochs=2, l2=0.01), old)
    assert new.epochs == old.epochs
    assert not new.over


def test_early_stopping_has_its_whole_patience_again():
    old, _ = run(rich(early_stopping=2, epochs=40))
    assert old.over
    assert old.epoch < 40
    new, _ = taken_over(rich(early_stopping=2, epochs=40, l2=0.001), old)
    assert not new.over


def test_the_best_weights_are_looked_for_from_the_edit_on():
    old, _ = run(rich(early_stopping=0))
    assert old.progress.best.epoch
    new, _ = taken_over(rich(early_stopping=0, l2=0.001, epochs=20), old)
    assert not new.progress.best.epoch
    assert math.isnan(new.first_loss)
    run(new)
    assert new.progress.best.epoch > old.epoch


def test_data_seed_and_rule_decide_what_can_be_compared():
    doc = chain(dense(2), dense(1))
    assert comparable(doc, edits.set_training(doc, {"batch_size": 2, "optimizer": "adam", "l2": 0.1}))
    assert comparable(doc, params(doc, node_of(doc, "dense"), units=3))
    for change in ({"seed": 1}, {"rule": "autoencoder"}):
        assert not comparable(doc, edits.set_training(doc, change))
    for change in ({"seed": 1}, {"source": "moons"}, {"steps": ["standardise"]}, {"validation": 0.5}):
        assert not comparable(doc, edits.set_data(doc, change))


def test_what_was_taken_over_can_be_saved_and_resumed_exactly():
    doc = rich(restore_best=False)
    new, _ = taken_over(rich(restore_best=False, l2=0.001), stopped(doc, STEPS))
    control = Control(paused=True)
    control.step(3)
    for _ in train(new, control):
        if new.step == STEPS + 3:
            control.stop()
    resumed = back(new)
    assert bits(run(resumed)[0]) == bits(run(new)[0])
    assert checkpoints.capture(resumed).memory.values["step"] == resumed.step


def test_samples_can_be_those_of_the_session_before():
    old = stopped(rich(), 3)
    new = Session(rich(l2=0.1), parts=old.parts)
    assert new.parts is old.parts


def test_many_nodes_are_named_in_one_sentence():
    assert named(("a",), "start") == "a starts"
    assert named(("a", "b"), "start") == "a, b start"
    assert named(tuple("abcdefgh"), "start") == "a, b, c, d, e, f and 2 more start"
