"""The truth tables."""
from __future__ import annotations

import pytest

from core.datasets import DATASETS
from core.errors import ParamError

TRUTH = {"and": [0, 0, 0, 1], "or": [0, 1, 1, 1], "xor": [0, 1, 1, 0], "nand": [1, 1, 1, 0], "nor": [1, 0, 0, 0]}


@pytest.mark.parametrize("kind", TRUTH)
def test_the_corners_come_in_counting_order(kind):
    assert DATASETS[kind]().load(0).x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


@pytest.mark.parametrize(("kind", "truth"), TRUTH.items())
def test_the_class_is_the_value_of_the_function(kind, truth):
    assert DATASETS[kind]().load(0).y.tolist() == truth


@pytest.mark.parametrize("kind", TRUTH)
def test_no_seed_changes_a_truth_table(kind):
    assert DATASETS[kind]().load(1).x.tobytes() == DATASETS[kind]().load(2).x.tobytes()


@pytest.mark.parametrize("bits", range(2, 13))
def test_parity_counts_through_all_rows_of_bits(bits):
    parity = DATASETS["parity"](bits=bits)
    rows = [[int(digit) for digit in f"{number:0{bits}b}"] for number in range(2**bits)]
    assert parity.load(0).x.tolist() == rows
    assert parity.load(0).y.tolist() == [sum(row) % 2 for row in rows]
    assert parity.spec().samples == len(rows)
    assert parity.spec().features == tuple(f"x{bit}" for bit in range(1, bits + 1))


def test_parity_of_two_bits_is_xor():
    one, other = DATASETS["parity"](bits=2).load(0), DATASETS["xor"]().load(0)
    assert (one.x.tobytes(), one.y.tobytes()) == (other.x.tobytes(), other.y.tobytes())


@pytest.mark.parametrize("bits", [1, 13])
def test_parity_of_too_few_or_too_many_bits_is_refused(bits):
    with pytest.raises(ParamError, match="from 2 to 12"):
        DATASETS["parity"](bits=bits)


def test_the_classes_of_parity_are_named_by_what_they_mean():
    assert DATASETS["parity"]().spec().classes == ("even", "odd")
