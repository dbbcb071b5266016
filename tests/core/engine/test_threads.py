"""How many threads BLAS gets."""
from __future__ import annotations

import pytest
from threadpoolctl import threadpool_info

from core.engine.network import Network
from core.engine.threads import at_work
from core.graph.check import check
from tests.core._build import xor


def threads() -> int:
    """What NumPy's BLAS takes at present."""
    for library in threadpool_info():
        if library["user_api"] == "blas" and "numpy" in library["filepath"]:
            return int(library["num_threads"])
    pytest.skip("NumPy's BLAS cannot be told how many threads to take")


def built() -> Network:
    document = xor()
    return Network(document, check(document))


def test_products_get_one_thread_and_the_number_comes_back():
    before = threads()
    with at_work(built(), 4):
        assert threads() == 1
    assert threads() == before


def test_the_number_comes_back_after_an_error():
    before = threads()
    with pytest.raises(KeyError), at_work(built(), 4):
        raise KeyError
    assert threads() == before
