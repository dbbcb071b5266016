import numpy as np

from core.engine.workspace import Workspace

FLOAT = np.dtype(np.float32)


def test_arrays_begin_at_cache_lines():
    memory = Workspace().allocator()
    for size in (1, 7, 1000):
        assert memory.take((size,), FLOAT).ctypes.data % 64 == 0


def test_what_was_given_back_serves_the_next_array_of_its_size_that_may_reuse():
    memory = Workspace().allocator()
    first = memory.take((4, 2), FLOAT)
    memory.give_back(first)
    assert not np.shares_memory(memory.take((4, 2), FLOAT), first)
    assert np.shares_memory(memory.take((2, 4), FLOAT, reuse=True), first)
    assert not np.shares_memory(memory.take((4, 2), FLOAT, reuse=True), first)


def test_arrays_in_use_never_overlap():
    memory = Workspace().allocator()
    taken = [memory.take((n,), FLOAT, reuse=bool(n % 2)) for n in range(1, 20)]
    for i, one in enumerate(taken):
        assert not any(np.shares_memory(one, other) for other in taken[i + 1 :])


def test_a_smaller_plan_lies_in_the_memory_of_a_larger_one_and_costs_nothing():
    space = Workspace()
    large, small = space.allocator(), space.allocator()
    first = large.take((100,), FLOAT)
    held = space.nbytes
    assert np.shares_memory(small.take((10,), FLOAT), first)
    assert space.nbytes == held == 400


def test_a_view_takes_the_place_of_the_array_that_it_shows():
    memory = Workspace().allocator()
    first = memory.take((4, 2), FLOAT)
    view = memory.view(first, (8,))
    assert view.shape == (8,)
    assert np.shares_memory(view, first)
    memory.give_back(view)
    assert np.shares_memory(memory.take((8,), FLOAT, reuse=True), first)
