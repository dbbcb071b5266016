"""Threads that share a batch."""
from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from core.engine.team import Meeting, Team, available


@pytest.mark.parametrize("stay", [True, False])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_job_runs_once_each_in_a_thread_of_its_own(count, stay):
    team, ran = Team(3), []
    meet = threading.Barrier(count)

    def job():
        meet.wait(10)
        ran.append(threading.current_thread())

    if stay:
        with team.at_work():
            team.run([job] * count)
            team.run([job] * count)
        assert len(ran) == 2 * count
    else:
        team.run([job] * count)
    assert len(set(ran)) == count
    assert threading.current_thread() in ran


def test_threads_end_with_the_block_and_those_of_an_inner_one_are_the_same():
    team, before = Team(2), threading.active_count()
    with team.at_work():
        assert threading.active_count() == before + 1
        with team.at_work():
            assert threading.active_count() == before + 1
        assert threading.active_count() == before + 1
    assert threading.active_count() == before


def test_a_team_of_one_makes_no_thread():
    before = threading.active_count()
    with Team(1).at_work():
        assert threading.active_count() == before


@pytest.mark.parametrize("place", [0, 1])
def test_an_error_reaches_the_caller_when_all_have_ended_and_the_team_works_on(place):
    team, ended = Team(2), []

    def good():
        time.sleep(0.01)
        ended.append(True)

    def bad():
        raise ZeroDivisionError("in a part")

    jobs = [good, bad] if place else [bad, good]
    with team.at_work():
        with pytest.raises(ZeroDivisionError, match="in a part"):
            team.run(jobs)
        assert ended == [True]
        team.run([good, good])
    assert len(ended) == 3


def test_overflow_in_another_thread_is_nobodys_business():
    def overflow():
        np.float32(1e38) * np.full(3, 1e38, np.float32)

    with np.errstate(all="ignore"):
        Team(2).run([overflow, overflow])


@pytest.mark.parametrize("parts", [2, 3])
def test_a_meeting_adds_up_what_all_parts_bring_again_and_again(parts):
    meeting, team = Meeting(parts), Team(parts)
    arrays = [np.arange(4.0) + i for i in range(parts)]
    results = [[] for _ in range(parts)]

    def job(i):
        add, rng = meeting.of(i), np.random.default_rng(i)

        def work():
            for turn in range(50):
                if rng.random() < 0.1:
                    time.sleep(0.001)
                array = arrays[i] * (turn + 1)
                add(array)
                results[i].append(array)

        return work

    team.run([job(i) for i in range(parts)])
    for turn in range(50):
        wanted = sum(arrays) * (turn + 1)
        assert all(np.array_equal(result[turn], wanted) for result in results)


def test_whoever_leaves_a_meeting_keeps_nobody_waiting_and_the_next_one_works():
    meeting, team = Meeting(2), Team(2)
    adds = [meeting.of(0), meeting.of(1)]

    def left():
        meeting.leave()
        raise ZeroDivisionError("gone")

    with pytest.raises(ZeroDivisionError, match="gone"):
        team.run([lambda: adds[0](np.ones(2)), left])
    meeting.begin()
    array, other = np.ones(2), np.full(2, 2.0)
    team.run([lambda: adds[0](array), lambda: adds[1](other)])
    assert array.tolist() == other.tolist() == [3.0, 3.0]


def test_the_number_of_threads_can_be_set_from_outside(monkeypatch):
    monkeypatch.setenv("LAYERLOOM_THREADS", "3")
    assert available() == 3
    for wrong in ("", "0", "many", "-1"):
        monkeypatch.setenv("LAYERLOOM_THREADS", wrong)
        assert 1 <= available() <= 4
