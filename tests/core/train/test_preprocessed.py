"""Steps that change how the training part is learned: augmentation, weights of the classes, a scaled target."""
import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error, r2_score

from core.cli._result import summarise
from core.datasets import prepare
from core.engine import network, parts
from core.graph import edits
from core.graph.settings import DataSettings
from core.params import Kind
from core.preprocessing import STEPS
from core.train.augmenting import Augmenter
from core.train.loop import Control, train
from core.train.probes import boundary, points
from core.train.session import Session
from tests.core._build import chain, dense, xor
from tests.core.train._drive import run
from tests.core.train.test_adversarial import gan

LOSS = "sparse_categorical_crossentropy"
AUGMENTED = {"steps": ["random_shift", "random_noise"], "validation": 0.2}
FLOWERS = {"kind": "make_classification", "params": {"samples": 90, "classes": 3, "features": 8, "informative": 3}}


def pictures(batch_size, **data):
    return chain(dense(10), "softmax", loss=LOSS, source="digits", epochs=2, batch_size=batch_size,
                 data={**AUGMENTED, **data})


def classes(loss=LOSS, params=None, *, steps=(), units=3, source=FLOWERS, **training):
    return chain(dense(6), "tanh", dense(units), "softmax" if units > 1 else "sigmoid",
                 loss=Kind(loss, params or {}), source=source, epochs=3, batch_size=16,
                 data={"steps": steps, "validation": 0.2}, **training)


def weights(session):
    return {name: array.tobytes() for name, array in session.network.copies().items()}


def seen(doc, monkeypatch):
    """The batches that the network gets in training."""
    batches, change = [], Augmenter.change

    def note(self, x):
        batches.append((x.copy(), change(self, x)))
        return batches[-1][1]

    monkeypatch.setattr(Augmenter, "change", note)
    session, _ = run(doc)
    return session, batches


@pytest.mark.parametrize("batch_size", [0, 500])
def test_only_batches_in_training_are_changed_and_each_anew(batch_size, monkeypatch):
    plain = prepare(DataSettings.known(pictures(batch_size).data).dataset,
                    DataSettings.known(pictures(batch_size).data).recipe)
    session, batches = seen(pictures(batch_size, test=0.1), monkeypatch)
    assert len(batches) == session.step
    first, again = batches[0], batches[session.rule.batches]
    if not batch_size:
        assert np.array_equal(first[0], session.parts.train.x)
        assert np.array_equal(first[0], again[0])
    assert not np.array_equal(first[1], first[0])
    assert not np.array_equal(first[1], again[1])
    for part in ("train", "validation"):
        assert set(map(bytes, getattr(session.parts, part).x)) <= set(map(bytes, np.concatenate(
            [plain.train.x, plain.validation.x])))


def test_flat_samples_are_moved_as_the_pictures_that_they_are():
    doc = pictures(0, steps=[{"kind": "random_shift", "params": {"across": 0.0, "down": 0.5}}])
    session = Session(doc)
    augmenter = Augmenter.of(session.parts, 0)
    x = session.parts.train.x[:50]
    moved = augmenter.change(x).reshape(50, 8, 8)
    own = np.arange(8)
    for before, after in zip(x.reshape(50, 8, 8), moved, strict=True):
        assert any(np.array_equal(after, before[np.clip(own - down, 0, 7)]) for down in range(-4, 5))
    assert not np.array_equal(moved.reshape(x.shape), x)


@pytest.mark.parametrize("doc", [xor(), gan(), chain(dense(2), source="moons", rule="autoencoder")],
                         ids=["gradient", "adversarial", "autoencoder"])
def test_every_rule_that_descends_learns_from_changed_batches(doc):
    noisy = edits.set_data(doc, {"steps": ["random_noise"]})
    idle = edits.set_data(doc, {"steps": [{"kind": "random_noise", "params": {"deviation": 0.0}}]})
    changed, same, plain = (weights(run(one)[0]) for one in (noisy, idle, doc))
    assert plain == same
    assert plain != changed


def test_where_no_step_augments_batches_are_taken_as_before():
    session = Session(pictures(500, steps=["standardise", "class_weights"]))
    assert Augmenter.of(session.parts, 0) is None
    assert all(gather == batch.gather for batch, *_, gather in session.rule._steps)


@pytest.mark.parametrize("batch_size", [0, 500])
def test_a_batch_that_is_cut_for_several_threads_is_changed_as_a_whole(batch_size, monkeypatch):
    monkeypatch.setattr(parts, "WORTH", 1)
    monkeypatch.setattr(network, "available", lambda: 2)
    session, batches = seen(pictures(batch_size), monkeypatch)
    last = session.rule.minibatches[-1]
    assert len(last.plans) == 2
    assert np.array_equal(np.concatenate([plan.x for plan in last.plans]), batches[-1][1])


@pytest.mark.parametrize(("loss", "units", "source", "given"), [
    (LOSS, 3, FLOWERS, (0.5, 2.0, 1.0)),
    ("categorical_crossentropy", 3, FLOWERS, (0.5, 2.0, 1.0)),
    ("binary_crossentropy", 1, "moons", (0.25, 3.0)),
])
def test_weights_of_the_classes_from_the_data_count_as_those_of_the_loss_do(loss, units, source, given):
    step = {"kind": "class_weights", "params": {"weights": given}}
    data, _ = run(classes(loss, steps=[step], units=units, source=source))
    own, _ = run(classes(loss, {"class_weights": given}, units=units, source=source))
    plain, _ = run(classes(loss, units=units, source=source))
    assert weights(data) == weights(own) != weights(plain)
    # Wherever the loss is computed: on the validation part, too.
    np.testing.assert_array_equal(data.series.since(0)[:, :6], own.series.since(0)[:, :6])
    assert data.network.goals[0].loss.class_weights == given


def test_balanced_weights_are_those_of_the_training_part():
    doc = classes(steps=["class_weights"])
    session = Session(doc)
    counts = np.bincount(session.parts.train.y, minlength=3)
    expected = STEPS["class_weights"]().class_weights(counts)
    assert session.network.goals[0].loss.class_weights == pytest.approx(expected)
    assert session.network.evaluate(session.parts.train, session.network.targets(session.parts.train.y))[0] > 0.0


def test_metrics_of_a_scaled_target_are_in_its_own_units_and_the_loss_in_those_of_training():
    doc = chain(dense(8), "tanh", dense(1), source="diabetes", epochs=20, batch_size=32, optimizer="adam",
                learning_rate=0.01, data={"steps": ["standardise", "scale_target"], "test": 0.2})
    session, events = run(doc)
    result = summarise(session, events[-1])
    target = session.parts.target
    for name, part in (("train", session.parts.train), ("test", session.parts.test)):
        scaled = session.network.predict(part.x)
        own, truth = target.undo(scaled), target.undo(part.y)
        assert result[name]["mae"] == pytest.approx(mean_absolute_error(truth, own), rel=1e-5)
        assert result[name]["r2"] == pytest.approx(r2_score(part.y, scaled), rel=1e-3)
        assert result[name]["loss"] == pytest.approx(float(np.mean((scaled - part.y) ** 2)), rel=1e-5)
    assert result["test"]["mae"] > 10.0 > result["test"]["loss"]


def test_a_run_on_steps_can_be_interrupted_within_an_epoch_like_any_other():
    session, control = Session(pictures(100)), Control(paused=True)
    control.step(3)
    for _ in train(session, control):
        if session.step == 3:
            control.stop()
    run(session)
    assert weights(session) == weights(run(pictures(100))[0])


def test_pictures_of_a_scaled_target_are_in_its_own_units():
    plain, scaled = (chain(dense(4), "tanh", dense(1), source="regression_plane", epochs=2,
                           data={"steps": steps, "validation": 0.2}) for steps in ([], ["scale_target"]))
    plain, scaled = Session(plain), Session(scaled)
    assert scaled.parts.train.y.std() == pytest.approx(1.0, rel=1e-4)
    want, got = points.PROBE.compute(plain), points.PROBE.compute(scaled)
    np.testing.assert_allclose(got.y, want.y, atol=1e-5)
    surface = boundary.compute(scaled, 8)
    assert surface.limits == pytest.approx(boundary.compute(plain, 8).limits, abs=1e-5)
    corner = np.array([[low + (high - low) / 16 for low, high in (surface.x, surface.y)]], np.float32)
    scaled_there = scaled.network.predict(scaled.parts.from_plane(corner))
    assert surface.values[0, 0] == pytest.approx(float(scaled.parts.target.undo(scaled_there)[0, 0]), rel=1e-4)
    assert surface.values[0, 0] != pytest.approx(float(scaled_there[0, 0]), rel=1e-3)
