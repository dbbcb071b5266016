"""Batch normalisation of a batch that is cut into parts, each in the hands of a thread of its own."""
import itertools
import threading
from dataclasses import replace

import numpy as np
import pytest

from core.layers import LAYERS, Example
from tests.core.layers._bench import Bench

CUTS = [(0, 3, 8), (0, 1, 8), (0, 2, 5, 8)]


class Meeting:
    """Adds arrays up over the threads that call it, as a frame's all_reduce does."""

    def __init__(self, parts):
        self.barrier, self.brought, self.calls = threading.Barrier(parts, timeout=20), {}, 0

    def of(self, part):
        def all_reduce(array):
            self.brought[part] = array.copy()
            self.calls += self.barrier.wait() == 0
            array[...] = sum(self.brought[key] for key in sorted(self.brought))
            self.barrier.wait()

        return all_reduce


def in_threads(jobs):
    errors = []

    def guarded(job):
        try:
            job()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


def parts_of(bench, dy, cut, wanted=True):
    """A frame for each part of the batch, with the same weights and memory, and its two passes."""
    meeting = Meeting(len(cut) - 1)
    whole, _, _ = bench.bound(bench.xs, bench.weights, dy)
    found = []
    for part, (start, end) in enumerate(itertools.pairwise(cut)):
        frame, _, _ = bench.bound([bench.xs[0][start:end]], bench.weights, dy[start:end], wanted)
        frame = replace(frame, count=bench.n, first=part == 0, all_reduce=meeting.of(part), state=whole.state)
        found.append((frame, *bench.layer.bind(frame)))
    return meeting, found


def drawn(params=None, shape=(3, 4), dtype=np.float64):
    bench = Bench(LAYERS["batch_norm"], Example(params or {}, (shape,)), n=8, dtype=dtype)
    return bench, np.random.default_rng(1).normal(size=(8, *shape)).astype(dtype)


@pytest.mark.parametrize("shape", [(4,), (3, 2, 4)])
@pytest.mark.parametrize("cut", CUTS)
def test_parts_of_a_batch_give_what_the_whole_batch_gives(cut, shape):
    bench, dy = drawn({"epsilon": 0.01, "momentum": 0.7}, shape)
    whole, run, back = bench.bound(bench.xs, bench.weights, dy)
    run()
    back()
    _, parts = parts_of(bench, dy, cut)
    in_threads([part[1] for part in parts])
    in_threads([part[2] for part in parts])
    assert np.concatenate([frame.y for frame, _, _ in parts]) == pytest.approx(whole.y, rel=1e-10, abs=1e-12)
    assert np.concatenate([frame.dx for frame, _, _ in parts]) == pytest.approx(whole.dx, rel=1e-10, abs=1e-12)
    for name, gradient in whole.grads.items():
        assert sum(frame.grads[name] for frame, _, _ in parts) == pytest.approx(gradient, rel=1e-10, abs=1e-12)
    for name, remembered in whole.state.items():
        assert parts[0][0].state[name] == pytest.approx(remembered, rel=1e-12)


def test_parts_meet_once_in_each_direction():
    bench, dy = drawn()
    meeting, parts = parts_of(bench, dy, (0, 3, 8))
    in_threads([part[1] for part in parts])
    assert meeting.calls == 1
    in_threads([part[2] for part in parts])
    assert meeting.calls == 2


def test_parts_that_hand_nothing_down_need_not_meet_for_the_gradient():
    bench, dy = drawn()
    meeting, parts = parts_of(bench, dy, (0, 3, 8), wanted=False)
    in_threads([part[1] for part in parts])
    in_threads([part[2] for part in parts])
    assert meeting.calls == 1


def test_only_the_first_part_remembers():
    bench, dy = drawn({"momentum": 0.9})
    _, parts = parts_of(bench, dy, (0, 3, 8))
    for _ in range(3):
        in_threads([part[1] for part in parts])
    x = bench.xs[0]
    assert parts[0][0].state["mean"] == pytest.approx(x.mean((0, 1)) * (1.0 - 0.9**3), rel=1e-12)
    assert parts[0][0].state["variance"] == pytest.approx(0.9**3 + x.var((0, 1)) * (1.0 - 0.9**3), rel=1e-12)


@pytest.mark.parametrize("cut", [None, (0, 3, 8)])
def test_a_mean_far_from_zero_loses_no_more_digits_than_the_numbers_themselves_have_lost(cut):
    bench, dy = drawn({"epsilon": 1e-12}, (50, 2), np.float32)
    exact = np.random.default_rng(2).normal(size=(8, 50, 2)) + np.array([1e4, -1e4])
    bench.xs = [exact.astype(np.float32)]
    seen = bench.xs[0].astype(np.float64)
    hat = (seen - seen.mean((0, 1))) / seen.std((0, 1))
    if cut is None:
        y = bench.forward()
    else:
        _, parts = parts_of(bench, dy, cut)
        in_threads([part[1] for part in parts])
        y = np.concatenate([frame.y for frame, _, _ in parts])
    assert y == pytest.approx(hat * bench.weights["gamma"] + bench.weights["beta"], abs=1e-5)
