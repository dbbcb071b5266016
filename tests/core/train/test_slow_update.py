"""What slow motion tells of an update, against the textbook."""
from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest

from core.engine.updater import Updater
from core.graph import edits
from core.graph.document import Document
from core.io import examples
from core.layers import Array
from core.optimizers import OPTIMIZERS
from core.params import Kind
from core.train.plates import Plate, plates
from core.train.session import Session
from core.train.told import Change, Place, SlowStep
from tests.core._build import chain, dense
from tests.core.train._slowly import begun, only, told

RATE, STEPS = 0.05, 4


def documented(**training: object) -> Document:
    return chain(dense(5, l1=0.03), "tanh", dense(3, l2=0.2), source="iris", batch_size=20, learning_rate=RATE,
                 loss="sparse_categorical_crossentropy", **training)


def change_of(step: SlowStep) -> Change:
    change = only(step).change
    assert change is not None
    return change


def walk(session: Session, steps: int = STEPS) -> list[SlowStep]:
    found = []
    for _ in range(steps):
        found.append(told(session))
        session.batch += 1
        session.step += 1
    return found


def textbook(kind: str, gradients: list[Array], w: Array) -> tuple[list[dict[str, Array]], list[Array]]:
    """The slots and the weights after each step, as the papers have them, with the parameters' defaults."""
    p = OPTIMIZERS[kind]().config()
    m, v = np.zeros_like(w), np.zeros_like(w)
    slots, weights, product = [], [], 1.0
    for t, g in enumerate(gradients, 1):
        fade = RATE * p.get("weight_decay", 0.0) * w
        if kind == "sgd":
            w = w - RATE * g
        elif kind in ("momentum", "nesterov"):
            v = p["momentum"] * v + g
            w = w - RATE * (v if kind == "momentum" else g + p["momentum"] * v)
        elif kind == "adagrad":
            v = v + g**2
            w = w - RATE * g / (np.sqrt(v) + p["epsilon"])
        elif kind == "rmsprop":
            v = p["rho"] * v + (1 - p["rho"]) * g**2
            w = w - RATE * g / (np.sqrt(v) + p["epsilon"])
        elif kind == "lion":
            w = w - fade - RATE * np.sign(p["beta1"] * m + (1 - p["beta1"]) * g)
            m = p["beta2"] * m + (1 - p["beta2"]) * g
        else:
            m = p["beta1"] * m + (1 - p["beta1"]) * g
            v = p["beta2"] * v + (1 - p["beta2"]) * g**2
            root = np.sqrt(v / (1 - p["beta2"]**t)) + p["epsilon"]
            if kind == "nadam":
                now, ahead = (p["beta1"] * (1 - 0.5 * 0.96**(i * p["momentum_decay"])) for i in (t, t + 1))
                product *= now
                w = w - RATE * ((1 - now) / (1 - product) * g + ahead / (1 - product * ahead) * m) / root
            else:
                w = w - fade - RATE * m / (1 - p["beta1"]**t) / root
        slots.append({name: array for name, array in (("m", m), ("v", v)) if name in OPTIMIZERS[kind].slots})
        weights.append(w)
    return slots, weights


@pytest.mark.parametrize("kind", list(OPTIMIZERS))
def test_what_an_optimizer_remembers_and_does_is_that_of_the_papers(kind: str) -> None:
    steps = walk(begun(documented(optimizer=kind, l2=0.01, clip_norm=0.4), dtype=np.float64))
    for node, name in (("dense", "W"), ("dense_2", "b")):
        gradients = [change_of(step).stages[-1].gradients[node][name] for step in steps]
        slots, weights = textbook(kind, gradients, change_of(steps[0]).before[node][name])
        for step, wanted, w in zip(steps, slots, weights, strict=True):
            _, remembered = change_of(step).memory
            assert remembered.keys() == wanted.keys()
            for slot, array in wanted.items():
                np.testing.assert_allclose(remembered[slot][node][name], array, rtol=1e-9, atol=1e-14)
            np.testing.assert_allclose(change_of(step).stepped[node][name], w, rtol=1e-9, atol=1e-12)
    for one, other in pairwise(steps):
        for slot, held in change_of(one).memory[1].items():
            np.testing.assert_array_equal(held["dense"]["W"], change_of(other).memory[0][slot]["dense"]["W"])


def test_penalties_and_clipping_are_told_one_after_the_other() -> None:
    session = begun(documented(optimizer="adam", l2=0.1, clip_value=0.15, clip_norm=0.5), done=2, dtype=np.float64)
    step = told(session)
    turn, change = only(step), change_of(step)
    assert [stage.name for stage in change.stages] == ["l1", "l2", "clip_value", "clip_norm"]
    g = {key: array.copy() for key, array in _flat(turn.gradients).items()}
    w = _flat(change.before)
    wanted = []
    g["dense", "W"] = g["dense", "W"] + 0.03 * np.sign(w["dense", "W"])
    wanted.append(dict(g))
    g["dense", "W"] = g["dense", "W"] + 2 * 0.1 * w["dense", "W"]
    g["dense_2", "W"] = g["dense_2", "W"] + 2 * (0.1 + 0.2) * w["dense_2", "W"]
    wanted.append(dict(g))
    g = {key: np.clip(array, -0.15, 0.15) for key, array in g.items()}
    wanted.append(dict(g))
    length = np.sqrt(sum(float((array**2).sum()) for array in g.values()))
    assert length > 0.5
    wanted.append({key: array * 0.5 / length for key, array in g.items()})
    for stage, arrays in zip(change.stages, wanted, strict=True):
        for key, array in _flat(stage.gradients).items():
            np.testing.assert_allclose(array, arrays[key], rtol=1e-12, atol=1e-15)
        assert stage.length == pytest.approx(np.sqrt(sum(float((a**2).sum()) for a in arrays.values())), rel=1e-12)


def test_the_tables_of_an_update_show_every_stage_that_changed_something() -> None:
    session = begun(documented(optimizer="adamw", clip_value=0.05), done=1, dtype=np.float64)
    step = told(session)
    turn, change = only(step), change_of(step)
    found = plates(step, Place("gradient", "dense_2"), 0)
    assert [plate.caption for plate in found] == ["dL/d W", "with L2", "clipped", "dL/d b", "clipped"]
    np.testing.assert_array_equal(found[0].table, turn.gradients["dense_2"]["W"])
    np.testing.assert_allclose(found[1].table, turn.gradients["dense_2"]["W"] + 0.4 * change.before["dense_2"]["W"])
    np.testing.assert_array_equal(found[2].table, np.clip(found[1].table, -0.05, 0.05))
    found = plates(step, Place("memory", "dense_2"), 0)[:5]
    assert [plate.caption for plate in found] == ["gradient of W", "m of W before", "m of W", "v of W before", "v of W"]
    g, m, now, v, then = (plate.table for plate in found)
    np.testing.assert_array_equal(g, np.clip(turn.gradients["dense_2"]["W"] + 0.4 * change.before["dense_2"]["W"],
                                             -0.05, 0.05))
    np.testing.assert_allclose(now, 0.9 * m + 0.1 * g, rtol=1e-12, atol=1e-16)
    np.testing.assert_allclose(then, 0.999 * v + 0.001 * g**2, rtol=1e-12, atol=1e-18)
    before, decay, moved, after = (plate.table for plate in plates(step, Place("update", "dense_2"), 0)[:4])
    np.testing.assert_allclose(decay, -RATE * 0.01 * before, rtol=1e-9)
    np.testing.assert_allclose(before + decay + moved, after, rtol=1e-12)
    np.testing.assert_allclose(moved, -RATE * now / (1 - 0.9**2) / (np.sqrt(then / (1 - 0.999**2)) + 1e-8), rtol=1e-7)


def test_max_norm_is_told_behind_the_step() -> None:
    doc = chain(dense(4, max_norm=0.3), "tanh", dense(3), source="iris", batch_size=20,
                loss="sparse_categorical_crossentropy", optimizer="sgd", learning_rate=RATE)
    step = told(begun(doc, dtype=np.float64))
    (place,) = [place for place in step.places if place.way == "limit"]
    before, after = (plate.table for plate in plates(step, place, 0))
    np.testing.assert_allclose(before, change_of(step).before["dense"]["W"] - RATE * only(step).gradients["dense"]["W"])
    lengths = np.linalg.norm(before, axis=0)
    assert lengths.max() > 0.3
    np.testing.assert_allclose(after, before * np.minimum(1.0, 0.3 / lengths), rtol=1e-12)


def test_where_nothing_is_done_to_the_gradient_nothing_is_told() -> None:
    doc = edits.set_training(examples.load("xor-mlp"), {"optimizer": Kind("sgd"), "clip_norm": 1e6})
    step = told(begun(doc))
    assert {place.way for place in step.places} == {"forward", "loss", "backward", "update"}


@pytest.mark.parametrize("threads", ["2", "3"])
def test_the_gradient_of_a_batch_in_parts_is_that_of_the_whole(threads: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = only(told(begun(documented(optimizer="adam"), dtype=np.float64)))
    monkeypatch.setattr("core.engine.parts.WORTH", 1)
    monkeypatch.setenv("LAYERLOOM_THREADS", threads)
    session = begun(documented(optimizer="adam"), dtype=np.float64)
    assert len(session.network.batch(20).plans) == int(threads)
    cut = only(told(session))
    assert cut.n == whole.n == 20
    assert cut.losses == pytest.approx(whole.losses, rel=1e-12)
    for mine, its in ((cut.values, whole.values), (cut.slopes, whole.slopes)):
        assert mine.keys() == its.keys()
        for node, array in mine.items():
            assert len(array) == cut.kept == 16
            np.testing.assert_allclose(array, its[node], rtol=1e-10, atol=1e-15)
    for key, array in _flat(cut.gradients).items():
        np.testing.assert_allclose(array, _flat(whole.gradients)[key], rtol=1e-10, atol=1e-15)


def test_a_side_of_two_adversaries_is_clipped_by_the_length_of_its_own_gradient() -> None:
    doc = edits.set_training(examples.load("gan"), {"clip_norm": 0.01, "optimizer": Kind("sgd")})
    session = begun(doc, done=3, dtype=np.float64)
    updater: Updater = session.rule._updaters[0]  # type: ignore[attr-defined]
    _, discriminator, generator = told(session).turns
    for turn in (discriminator, generator):
        assert turn.change is not None
        stage = turn.change.stages[-1]
        assert stage.name == "clip_norm"
        own = [node for node in stage.gradients if (node in updater.learning) == (turn is discriminator)]
        length = np.sqrt(sum(float((array**2).sum()) for node in own for array in stage.gradients[node].values()))
        assert length == pytest.approx(0.01, rel=1e-9)
        assert stage.length == pytest.approx(0.01, rel=1e-9)


def test_groups_of_tables_begin_with_no_sign() -> None:
    step = told(begun(documented(optimizer="adam")))
    starts = [plate.caption for plate in _all(step, "update") if not plate.sign]
    assert starts == ["W before", "b before"] * 2


def _all(step: SlowStep, way: str) -> list[Plate]:
    return [plate for place in step.places if place.way == way for plate in plates(step, place, 0)]


def _flat(arrays: Mapping[str, Mapping[str, Array]]) -> dict[tuple[str, str], Array]:
    return {(node, name): array for node, held in arrays.items() for name, array in held.items()}
