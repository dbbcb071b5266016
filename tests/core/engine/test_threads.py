"""How many threads BLAS gets."""
from __future__ import annotations

import math

import pytest
from threadpoolctl import threadpool_info

from core.engine.network import Network
from core.engine.threads import SMALL, blas_threads
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


def test_small_products_get_one_thread_and_the_number_comes_back():
    before = threads()
    with blas_threads(built(), 4):
        assert threads() == 1
    assert threads() == before


def test_the_number_comes_back_after_an_error():
    before = threads()
    with pytest.raises(KeyError), blas_threads(built(), 4):
        raise KeyError
    assert threads() == before


def test_large_products_keep_the_threads_that_there_are():
    network, before = built(), threads()
    with blas_threads(network, math.ceil(SMALL / network.largest_product)):
        assert threads() == before


def test_the_largest_product_is_that_of_the_widest_layer():
    assert built().largest_product == 2 * 4
