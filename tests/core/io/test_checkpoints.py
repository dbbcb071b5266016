"""Bundles: whatever was stopped goes on exactly, and whatever is damaged is refused in one sentence."""
import io
import os
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.engine import parts
from core.errors import FormatError
from core.graph import edits
from core.io import atomic, checkpoints, documents, opener, weights
from core.io.history import history
from core.train.checkpoints import Checkpoints
from core.train.control import Control
from core.train.events import CheckpointSaved, EpochDone, Finished, Warned
from core.train.loop import train
from core.train.session import Session
from tests.core._build import chain, dense, xor
from tests.core.train._drive import of, run
from tests.core.train.test_adversarial import gan

PLATEAU = {"kind": "reduce_on_plateau", "params": {"patience": 0, "factor": 0.5, "cooldown": 1}}


def rich(**training):
    """Everything that remembers something: dropout, batch norm, order, Adam, plateau, patience, best weights."""
    settings = {"epochs": 12, "batch_size": 8, "learning_rate": 0.05, "optimizer": "adam", "schedule": PLATEAU,
                "early_stopping": 4, "restore_best": True, **training}
    return chain(dense(5), "batch_norm", "relu", ("dropout", {"rate": 0.3}), dense(1), "sigmoid",
                 loss="binary_crossentropy", data={"validation": 0.2},
                 source={"kind": "gaussians", "params": {"samples": 60, "noise": 0.5}}, **settings)


def perceptron():
    return chain(dense(1), "step", source="xor", rule="perceptron", epochs=30)


DOCUMENTS = {
    "rich": rich(), "nadam": rich(optimizer="nadam", early_stopping=0, clip_norm=0.5, schedule="cosine"),
    "momentum": rich(optimizer="momentum", monitor="accuracy", min_delta=0.01, early_stopping=0),
    "whole": xor(optimizer="adam", epochs=30), "perceptron": perceptron(),
    "autoencoder": chain(dense(1), "tanh", dense(2), source="moons", rule="autoencoder", batch_size=64, epochs=8),
    "adversarial": gan(epochs=8),
    **{f"{name}, augmented": edits.set_data(doc, {"steps": ["random_noise"]}) for name, doc in {
        "whole": xor(optimizer="adam", epochs=30), "rich": rich(), "adversarial": gan(epochs=6),
        "autoencoder": chain(dense(1), "tanh", dense(2), source="moons", rule="autoencoder", batch_size=64, epochs=6),
    }.items()},
    "pictures": chain(dense(10), "softmax", loss="sparse_categorical_crossentropy", source="digits", batch_size=600,
                      epochs=4, data={"steps": ["standardise", "random_shift", "random_rotation", "class_weights"]}),
}


def stopped(doc, step, **options):
    """A session that was stopped after this many steps, or at its end if that comes first."""
    session, control = Session(doc, **options), Control(paused=True)
    if step:
        control.step(step)
    for _ in train(session, control):
        if session.step == step or session.over:
            control.stop()
    return session


def back(session, document=None):
    """What comes back of a session from the bytes of a file."""
    bundle = checkpoints.capture(session)
    return checkpoints.resume(loaded(checkpoints.encode(bundle)), document, name="x.loom")


def loaded(raw):
    """What the bytes of a file hold."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.loom"
        path.write_bytes(raw)
        return checkpoints.read(path)


def bits(session):
    """All that a run leaves, but for the time that it took."""
    rows = session.series.since(0)[:, :7]
    memory = session.memory()
    values = {name: value for name, value in memory.values.items() if name != "seconds"}
    arrays = {name: array.tobytes() for name, array in memory.arrays.items() if name != "series"}
    return session.network.weights.flat.tobytes(), session.network.state.flat.tobytes(), rows.tobytes(), values, arrays


@cache
def straight(name):
    return run(DOCUMENTS[name])[0]


@cache
def whole(name):
    return bits(straight(name))


@cache
def resumed(name, step):
    """What a run leaves that was stopped after this many steps and resumed from its file."""
    session = back(stopped(DOCUMENTS[name], step))
    _, events = run(session)
    assert isinstance(events[-1], Finished)
    return bits(session)


@pytest.mark.parametrize("name", DOCUMENTS)
@given(step=st.integers(0, 75))
@example(step=0)
@example(step=6)
@example(step=7)
def test_a_run_stopped_anywhere_and_resumed_from_its_file_ends_with_the_same_bits(name, step):
    # Whoever stops later than at the end stops at the end.
    assert resumed(name, min(step, straight(name).step)) == whole(name)


def test_it_may_be_stopped_and_resumed_any_number_of_times():
    session = Session(rich())
    while not session.over:
        control = Control(paused=True)
        control.step(5)
        for _ in train(session, control):
            if control.paused:
                control.stop()
        session = back(session)
    run(session)
    assert bits(session) == whole("rich")


@pytest.mark.parametrize("every", [{"epochs": 1}, {"steps": 7}, {"seconds": 1e-9}])
def test_whatever_was_saved_on_the_way_goes_on_to_the_same_end(every):
    saved = []

    def save(session):
        saved.append(checkpoints.encode(checkpoints.capture(session)))
        return f"{len(saved)}.loom"

    session = Session(rich())
    events = list(train(session, Control(), checkpoints=Checkpoints(save=save, **every)))
    assert bits(session) == whole("rich")
    assert [event.name for event in of(events, CheckpointSaved)] == [f"{i + 1}.loom" for i in range(len(saved))]
    for raw in saved[::5]:
        again = checkpoints.resume(loaded(raw), name="x.loom")
        run(again)
        assert bits(again) == whole("rich")


@pytest.mark.parametrize(("every", "steps"), [({"epochs": 2}, [4, 8, 12]), ({"steps": 5}, [5, 10, 12]), ({}, [12])])
def test_checkpoints_come_when_they_are_due_and_at_the_end(every, steps):
    saved = []
    session = Session(xor(batch_size=2, epochs=6))
    plan = Checkpoints(save=lambda s: saved.append(s.step) or "x", **every)
    events = list(train(session, Control(), checkpoints=plan))
    assert sorted(set(saved)) == steps
    assert isinstance(events[-2], CheckpointSaved)
    assert session.step == 12


def test_a_checkpoint_that_cannot_be_written_is_told_once_and_training_goes_on(tmp_path):
    session = Session(xor(epochs=6))
    path = tmp_path / "missing" / "x.loom"

    def save(session):
        checkpoints.write(path, checkpoints.capture(session))
        return path.name

    events = list(train(session, Control(), checkpoints=Checkpoints(save=save, epochs=1)))
    (warned,) = of(events, Warned)
    assert "the folder does not exist" in warned.problem.message
    assert not warned.problem.blocks
    assert len(of(events, EpochDone)) == 6
    assert events[-1].reason == "done"


def test_a_failed_run_leaves_the_last_good_checkpoint():
    saved = []
    doc = chain(dense(4), dense(1), learning_rate=1000.0, epochs=50)
    plan = Checkpoints(save=lambda s: saved.append(np.isfinite(s.network.weights.flat).all()) or "x")
    events = list(train(Session(doc), Control(), checkpoints=plan))
    assert not isinstance(events[-1], Finished)
    assert saved == []


def test_what_several_threads_draw_goes_on_too(monkeypatch):
    monkeypatch.setenv("LAYERLOOM_THREADS", "2")
    monkeypatch.setattr(parts, "WORTH", 1)
    drops = ("dropout", {"rate": 0.3})
    doc = chain(dense(256), "relu", drops, dense(256), "relu", drops, dense(1), "sigmoid", loss="binary_crossentropy",
                source="moons", batch_size=100, epochs=3, optimizer="adam")
    reference, _ = run(doc)
    assert len(reference.rule.minibatches[0].plans) == 2
    session = back(stopped(doc, 3))
    run(session)
    assert bits(session) == bits(reference)


def test_a_state_of_one_thread_goes_on_in_two(monkeypatch):
    monkeypatch.setenv("LAYERLOOM_THREADS", "1")
    session = stopped(rich(), 9)
    monkeypatch.setenv("LAYERLOOM_THREADS", "2")
    again = back(session)
    assert len(again.network.rngs) == 2
    run(again)
    assert bits(again)[:3] == bits(run(rich())[0])[:3]


def test_in_double_precision_too():
    doc = rich(early_stopping=0)
    reference = Session(doc, dtype=np.float64)
    run(reference)
    session = back(stopped(doc, 10, dtype=np.float64))
    assert session.network.weights.flat.dtype == np.float64
    run(session)
    assert bits(session) == bits(reference)


def test_settings_that_were_changed_on_the_way_still_hold():
    session = stopped(rich(), 10)
    session.change(learning_rate=0.5, epochs=99, monitor="loss", early_stopping=7)
    again = back(session)
    assert (again.learning_rate, again.epochs, again.monitor, again.early_stopping) == (0.5, 99, "loss", 7)
    assert again.rate == session.rate


def test_live_settings_of_the_network_that_goes_on_win_over_those_in_the_file():
    longer = edits.set_training(rich(), {"epochs": 15, "early_stopping": 0})
    again = back(stopped(rich(), 10), longer)
    assert (again.epochs, again.early_stopping, again.learning_rate) == (15, 0, 0.05)


@pytest.mark.parametrize(("change", "place"), [
    (lambda d: edits.set_params(d, "dense", {"units": 6}), "nodes.dense.params.units is 5 in it, and 6 here"),
    (lambda d: edits.set_training(d, {"seed": 9}), "training.seed is 0 in it, and 9 here"),
    (lambda d: edits.set_data(d, {"validation": 0.3}), "data.validation is 0.2 in it, and 0.3 here"),
    (lambda d: edits.freeze(d, "dense", True), "nodes.dense.frozen"),
    (lambda d: edits.remove_nodes(d, ["batch_norm"]), "nodes.batch_norm.frozen is False in it, and not there here"),
])
def test_the_state_of_another_network_is_refused_naming_what_differs(change, place):
    session, other = stopped(rich(), 3), change(rich())
    with pytest.raises(FormatError) as caught:
        back(session, other)
    assert caught.value.problem.code == "checkpoint.other"
    assert place in caught.value.problem.message


def test_moving_and_naming_nodes_does_not_make_it_another_network():
    moved = edits.move(rich(), {"dense": (500.0, 500.0)})
    assert back(stopped(rich(), 3), moved).step == 3


def test_equal_sessions_give_equal_bytes_but_for_the_time():
    one, two = stopped(rich(), 9), stopped(rich(), 9)
    rows = one.series.since(0)
    two.seconds, two.series = one.seconds, one.series
    first, second = (checkpoints.encode(checkpoints.capture(s)) for s in (one, two))
    assert len(rows) == 1
    assert first == second


def test_the_file_holds_what_people_can_read_as_well():
    session, _ = run(rich())
    raw = checkpoints.encode(checkpoints.capture(session), preview=b"\x89PNG...")
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert sorted(archive.namelist()) == ["history.csv", "network.json", "preview.png", "training.json",
                                              "training.safetensors", "weights.safetensors"]
        assert documents.loads(archive.read("network.json")) == session.document
        assert archive.read("history.csv").decode() == history(session.series.since(0))
        assert archive.read("preview.png") == b"\x89PNG..."


def test_weights_and_network_can_be_taken_out_alone(tmp_path):
    session, _ = run(rich())
    path = tmp_path / "x.loom"
    checkpoints.write(path, checkpoints.capture(session))
    assert opener.open_document(path) == session.document
    found = weights.read(path)
    assert found.keys() == session.network.copies().keys()
    assert all(np.array_equal(found[name], array) for name, array in session.network.copies().items())


def test_a_json_file_opens_as_before(tmp_path):
    documents.write(rich(), tmp_path / "net.json")
    assert opener.open_document(tmp_path / "net.json") == rich()


def test_a_network_alone_opens_and_cannot_be_resumed(tmp_path):
    bundle = checkpoints.Bundle(edits.empty(), {}, None)
    again = loaded(checkpoints.encode(bundle))
    assert (again.document, again.memory) == (edits.empty(), None)
    with pytest.raises(FormatError, match="holds a network alone"):
        checkpoints.resume(again, name="x.loom")


def test_writing_is_all_or_nothing(tmp_path, monkeypatch):
    path = tmp_path / "x.loom"
    checkpoints.write(path, checkpoints.capture(stopped(rich(), 3)))
    old = path.read_bytes()

    def fail(*_):
        raise OSError(28, "full")

    monkeypatch.setattr(atomic.os, "fsync", fail)
    with pytest.raises(FormatError, match="disk is full"):
        checkpoints.write(path, checkpoints.capture(stopped(rich(), 9)))
    assert path.read_bytes() == old
    assert os.listdir(tmp_path) == ["x.loom"]
