"""Training goes on when points are drawn, moved or erased."""
from __future__ import annotations

import numpy as np
import pytest

from core.graph import edits
from core.graph.redrawn import redrawn
from core.train.session import Session
from core.train.takeover import comparable, take_over
from tests.core._build import chain, dense
from tests.core.io.test_checkpoints import stopped
from tests.core.train._drive import run

POINTS = [[x / 2, y / 2, int(x > y)] for x in range(-4, 5) for y in range(-4, 5)]


def drawn(points, **params):
    source = {"kind": "drawn", "params": {"points": points}}
    return chain(dense(6), "tanh", dense(2), "softmax", loss="sparse_categorical_crossentropy", source=source,
                 **{"learning_rate": 0.1, "batch_size": 10, "epochs": 30, **params})


def test_points_of_the_same_classes_are_comparable():
    assert redrawn(drawn(POINTS).data, drawn(POINTS[5:]).data)
    assert comparable(drawn(POINTS), drawn([*POINTS, [9, 9, 0]]))


@pytest.mark.parametrize("points", [[], [*POINTS, [0, 0, 2]]])
def test_another_number_of_classes_starts_anew(points):
    assert not comparable(drawn(POINTS), drawn(points))


def test_points_and_another_setting_together_start_anew():
    other = edits.set_data(drawn(POINTS[1:]), {"validation": 0.2})
    assert not comparable(drawn(POINTS), other)


def test_another_source_starts_anew():
    assert not comparable(drawn(POINTS), edits.set_data(drawn(POINTS), {"source": "spiral"}))
    spiral = edits.set_data(drawn(POINTS), {"source": {"kind": "spiral", "params": {"noise": 0.1}}})
    assert not comparable(edits.set_data(drawn(POINTS), {"source": "spiral"}), spiral)


@pytest.mark.parametrize("points", [POINTS[7:], [*POINTS, *POINTS], [[y, x, c] for x, y, c in POINTS]])
@pytest.mark.parametrize("step", [0, 13, 27])
def test_weights_counters_and_the_optimizers_memory_go_on_with_other_points(points, step):
    old = stopped(drawn(POINTS, optimizer="adam"), step)
    new = Session(drawn(points, optimizer="adam"))
    taken = take_over(new, old)
    assert not taken.fresh
    for name, weights in old.network.copies().items():
        np.testing.assert_array_equal(new.network.copies()[name], weights)
    assert (new.epoch, new.step, new.batch) == (old.epoch, old.step, 0)
    assert new.step == new.epoch * old.rule.batches + new.skipped
    session, events = run(new)
    assert session.epoch == 30
    assert type(events[-1]).__name__ == "Finished"
    assert len(session.parts.train) == len(points)


def test_the_perceptron_asks_anew_whether_the_points_can_be_parted():
    def line(points):
        return chain(dense(1), "step", loss="mse", rule="perceptron", epochs=40,
                     source={"kind": "drawn", "params": {"points": points}})

    xor = [[0, 0, 0], [1, 1, 0], [0, 1, 1], [1, 0, 1]]
    old, _ = run(Session(line(xor)))
    assert old.rule._separable is False
    new = Session(line([[0, 0, 0], [1, 1, 1]]))
    take_over(new, old)
    assert new.rule._separable is None
