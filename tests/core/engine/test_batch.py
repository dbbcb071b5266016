"""A batch that is cut over threads is the same batch."""
from __future__ import annotations

import numpy as np
import pytest

from core.engine import parts
from core.engine.network import Network
from core.graph import edits
from core.graph.check import check
from core.train.session import Session
from tests.core._build import chain, dense
from tests.core.train._drive import run


@pytest.fixture(autouse=True)
def _cut_everything(monkeypatch):
    monkeypatch.setattr(parts, "WORTH", 1)


def document(*layers, **training):
    return chain(dense(9), *layers, "tanh", dense(3), source="iris", loss="sparse_categorical_crossentropy",
                 **{"batch_size": 11, "epochs": 3, "optimizer": "adam", **training})


def computed(threads, n=11, *layers):
    """Loss, right answers and gradient of one batch."""
    doc = document(*layers)
    network = Network(doc, check(doc), dtype=np.float64, threads=threads)
    rng = np.random.default_rng(0)
    batch = network.batch(n)
    batch.fill(rng.normal(size=(n, 4)), network.targets(rng.integers(3, size=n)))
    loss = batch.compute()
    return loss, batch.correct(), network.gradients.flat + sum(batch.others), network.state.flat, len(batch.plans)


@pytest.mark.parametrize("layers", [(), ("batch_norm",), ("batch_norm", "relu", "layer_norm")], ids=str)
@pytest.mark.parametrize("n", [2, 7, 11])
@pytest.mark.parametrize("threads", [2, 3])
def test_loss_right_answers_gradient_and_running_means_are_those_of_the_whole_batch(threads, n, layers):
    whole, cut = computed(1, n, *layers), computed(threads, n, *layers)
    assert (whole[4], cut[4]) == (1, min(threads, n))
    assert cut[0] == pytest.approx(whole[0], rel=1e-12)
    assert cut[1] == whole[1]
    assert cut[2] == pytest.approx(whole[2], rel=1e-9, abs=1e-12)
    assert cut[3] == pytest.approx(whole[3], rel=1e-12)


@pytest.mark.parametrize(("sizes", "expected"), [
    ((10, 10**9, 2), [5, 5]), ((11, 10**9, 2), [6, 5]), ((11, 10**9, 3), [4, 4, 3]), ((1, 10**9, 4), [1]),
    ((64, 30, 2), [64]), ((64, 32, 2), [32, 32]), ((64, 10**9, 1), [64]),
])
def test_parts_are_even_and_each_is_worth_a_thread(monkeypatch, sizes, expected):
    monkeypatch.setattr(parts, "WORTH", 1000)
    assert parts.cut(*sizes) == expected


@pytest.mark.parametrize("threads", ["1", "2", "3"])
def test_a_training_repeats_bit_for_bit_for_every_number_of_threads(monkeypatch, threads):
    monkeypatch.setenv("LAYERLOOM_THREADS", threads)
    doc = document("batch_norm", ("dropout", {"rate": 0.4}), clip_norm=0.5, l2=0.01)
    one, same = run(doc)[0], run(doc)[0]
    assert one.network.weights.flat.tobytes() == same.network.weights.flat.tobytes()
    assert one.network.state.flat.tobytes() == same.network.state.flat.tobytes()


def test_training_over_two_threads_follows_training_in_one(monkeypatch):
    doc = document("batch_norm", clip_norm=0.5, clip_value=0.1, l2=0.01)
    found = []
    for threads in ("1", "2"):
        monkeypatch.setenv("LAYERLOOM_THREADS", threads)
        found.append(run(Session(doc, dtype=np.float64))[0])
    one, two = found
    assert two.network.weights.flat == pytest.approx(one.network.weights.flat, rel=1e-6, abs=1e-7)
    assert two.series.last()["loss"] == pytest.approx(one.series.last()["loss"], rel=1e-8)
    assert two.series.last()["score"] == one.series.last()["score"]


def test_parts_draw_different_chance():
    doc = edits.set_params(document(("dropout", {"rate": 0.5})), "dropout", {"rate": 0.5})
    network = Network(doc, check(doc), threads=2)
    batch = network.batch(8)
    batch.fill(np.ones((8, 4)), network.targets(np.zeros(8, np.intp)))
    batch.compute()
    masks = [plan.values["dropout"] == 0.0 for plan in batch.plans]
    assert not np.array_equal(*masks)


def test_an_error_in_one_part_ends_the_step_and_leaves_no_part_waiting():
    doc = document("batch_norm")
    network = Network(doc, check(doc), threads=2)
    batch = network.batch(8)
    batch.fill(np.ones((8, 4)), network.targets(np.zeros(8, np.intp)))
    batch.gather(np.ones((8, 4), np.float32), network.targets(np.zeros(8, np.intp)), np.array(["x"]))
    with pytest.raises(TypeError):
        batch.compute()
    batch.fill(np.ones((8, 4)), network.targets(np.zeros(8, np.intp)))
    assert np.isfinite(batch.compute())
