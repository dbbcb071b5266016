"""Threads that work on the parts of one batch at the same time."""
from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from core.layers import Array

Job = Callable[[], None]
MOST = 4


def available() -> int:
    """How many threads a training step may use: LAYERLOOM_THREADS, or one for each processor, at most MOST."""
    wish = os.environ.get("LAYERLOOM_THREADS", "")
    if wish.isdigit() and int(wish) > 0:
        return min(int(wish), 64)
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(allowed, MOST)


class Team:
    """Runs `size` jobs at once, the first of them in the thread that asks.

    The other threads live within `at_work`; outside of it they are made for every call, which is slower and no
    different. Not to be used from two threads at once.
    """

    def __init__(self, size: int):
        self.size = size
        self._helpers: list[_Helper] = []

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The block in which the threads stay."""
        if self._helpers or self.size == 1:
            yield
            return
        self._helpers = [_Helper() for _ in range(self.size - 1)]
        try:
            yield
        finally:
            helpers, self._helpers = self._helpers, []
            for helper in helpers:
                helper.close()

    def run(self, jobs: Sequence[Job]) -> None:
        """Run the jobs, at most `size`, and wait for all of them. Raises what the first of them raised that did."""
        if len(jobs) == 1:
            jobs[0]()
        elif self._helpers:
            self._share(jobs)
        else:
            with self.at_work():
                self._share(jobs)

    def _share(self, jobs: Sequence[Job]) -> None:
        busy = self._helpers[: len(jobs) - 1]
        for helper, job in zip(busy, jobs[1:], strict=True):
            helper.start(job)
        errors: list[BaseException] = []
        try:
            jobs[0]()
        except BaseException as error:
            errors.append(error)
        errors += [found for helper in busy if (found := helper.wait()) is not None]
        if errors:
            # Whoever only lost the others at a meeting is not the cause.
            raise min(errors, key=lambda error: isinstance(error, threading.BrokenBarrierError))


class _Helper:
    """One thread. Two locks pass the turn to and fro."""

    def __init__(self) -> None:
        self._job: Job | None = None
        self._error: BaseException | None = None
        self._go, self._done = threading.Lock(), threading.Lock()
        self._go.acquire()
        self._done.acquire()
        self._thread = threading.Thread(target=self._work, name="part of a batch", daemon=True)
        self._thread.start()

    def start(self, job: Job) -> None:
        self._job = job
        self._go.release()

    def wait(self) -> BaseException | None:
        self._done.acquire()
        error, self._error = self._error, None
        return error

    def close(self) -> None:
        self._job = None
        self._go.release()
        self._thread.join()

    def _work(self) -> None:
        with np.errstate(all="ignore"):
            while True:
                self._go.acquire()
                if (job := self._job) is None:
                    return
                try:
                    job()
                except BaseException as error:
                    self._error = error
                self._done.release()


class Meeting:
    """Where the parts of a batch meet to add up numbers that belong to all of them.

    Every part must call its `all_reduce` equally often with arrays of equal shapes. The parts are added in their
    order, so that the bits do not depend on who comes first.
    """

    def __init__(self, parts: int):
        self._barrier = threading.Barrier(parts)
        # Two sets in turn: who is late may still read the one while others fill the other.
        self._sets: list[list[Array]] = [[np.empty(0)] * parts, [np.empty(0)] * parts]
        self._turns = [0] * parts

    def of(self, part: int) -> Callable[[Array], None]:
        """The `all_reduce` of one part."""
        def all_reduce(array: Array) -> None:
            brought = self._sets[self._turns[part] % 2]
            self._turns[part] += 1
            brought[part] = array.copy()
            self._barrier.wait()
            np.copyto(array, brought[0])
            for other in brought[1:]:
                np.add(array, other, array)

        return all_reduce

    def leave(self) -> None:
        """Free whoever waits for a part that will not come any more; they raise BrokenBarrierError."""
        self._barrier.abort()

    def begin(self) -> None:
        """Before a batch: forget that anybody left."""
        if self._barrier.broken:
            self._barrier.reset()
            self._turns = [0] * len(self._turns)
