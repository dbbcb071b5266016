"""A step in slow motion is the step that the quick way would have done, to the bit."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.engine import parts
from core.graph import edits
from core.io import examples
from core.layers import Layer
from core.optimizers import OPTIMIZERS
from core.params import Kind
from tests.core._build import chain, dense
from tests.core.engine._graphs import Graph, graphs, kinds
from tests.core.layers._bench import name_of
from tests.core.train._slowly import begun, ready_or_none, same_step

SAMPLES = 13


@pytest.fixture
def cut_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "WORTH", 1)


@pytest.mark.usefixtures("cut_everything")
@pytest.mark.parametrize("kind", kinds(), ids=name_of)
def test_with_every_kind_of_layer_in_batches_and_parts_of_any_size(kind: type[Layer]) -> None:
    compared: list[int] = []

    with pytest.MonkeyPatch.context() as patch:
        @settings(max_examples=6)
        @given(graph=graphs(kind), size=st.integers(1, SAMPLES), threads=st.integers(1, 4), done=st.integers(0, 4))
        def bits_agree(graph: Graph, size: int, threads: int, done: int) -> None:
            patch.setenv("LAYERLOOM_THREADS", str(threads))
            doc = edits.set_training(graph.doc, {"batch_size": size, "optimizer": Kind("adam")})
            slow, quick = (ready_or_none(doc, done=done, parts=graph.parts(SAMPLES)) for _ in range(2))
            if slow is None or quick is None:
                return
            same_step(slow, quick)
            n = quick.rule.minibatches[quick.batch].n  # type: ignore[attr-defined]
            compared.append(len(quick.network.batch(n).plans))

        bits_agree()
    assert compared, f"no network with a {kind.info.title} could learn"
    assert max(compared) > 1


@pytest.mark.parametrize("noisy", ["dropout", "gaussian_noise", "batch_norm"])
def test_where_a_large_network_is_cut_over_threads(noisy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERLOOM_THREADS", "2")
    doc = chain(dense(1200), "relu", noisy, dense(1200), "relu", noisy, dense(3), source="iris", batch_size=32,
                loss="sparse_categorical_crossentropy", optimizer="adam", learning_rate=0.001)
    slow, quick = begun(doc), begun(doc)
    assert len(quick.network.batch(32).plans) == 2
    for _ in range(3):
        same_step(slow, quick)
        slow.batch = quick.batch = quick.batch + 1


@pytest.mark.parametrize("threads", ["1", "3"])
@pytest.mark.parametrize("kind", list(OPTIMIZERS))
def test_with_every_optimizer_and_all_that_is_done_to_a_gradient(kind: str, threads: str, cut_everything: None,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERLOOM_THREADS", threads)
    monkeypatch.setattr("core.engine.updater.PIECE", 17)
    doc = chain(dense(5, l1=0.01), "tanh", dense(6, l2=0.02, max_norm=0.2), dense(3), source="iris", batch_size=20,
                loss="sparse_categorical_crossentropy", optimizer=kind, l2=0.1, clip_value=0.2, clip_norm=0.3)
    slow, quick = begun(doc), begun(doc)
    ways = set()
    for _ in range(4):
        step = same_step(slow, quick)
        slow.batch = quick.batch = quick.batch + 1
        ways |= {place.way for place in step.places}
    assert {"gradient", "update", "limit"} <= ways


@pytest.mark.parametrize("change", [{}, {"clip_norm": 0.01}, {"l2": 0.1, "optimizer": Kind("momentum")}], ids=str)
@pytest.mark.parametrize("name", ["gan", "perceptron-and", "perceptron-xor"])
def test_by_rules_that_are_no_plain_descent(name: str, change: dict[str, object]) -> None:
    doc = edits.set_training(examples.load(name), change)
    slow, quick = begun(doc), begun(doc)
    for _ in range(3):
        same_step(slow, quick)
        slow.batch = quick.batch = (quick.batch + 1) % quick.rule.batches


def test_slow_and_quick_steps_may_take_turns() -> None:
    doc = edits.set_training(examples.load("spiral"), {"optimizer": Kind("nadam"), "clip_norm": 0.5})
    mixed, quick = begun(doc), begun(doc)
    for number in range(6):
        if number % 2:
            same_step(mixed, quick)
        else:
            mixed.rule.step(mixed.batch)
            quick.rule.step(quick.batch)
        mixed.batch = quick.batch = quick.batch + 1
    assert np.array_equal(mixed.network.weights.flat, quick.network.weights.flat)
