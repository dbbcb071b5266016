"""Rows of brackets are balanced where they say so, and hard to tell apart."""
from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from core.datasets import DATASETS
from core.train.events import EpochDone
from tests.core._build import chain, dense
from tests.core.train._drive import of, run

SIZES = pytest.mark.parametrize(("length", "sorts"), [(4, 1), (5, 2), (16, 1), (16, 3), (61, 8)])


def load(seed=0, **params):
    return DATASETS["brackets"](**params).load(seed)


def is_balanced(row):
    """With a stack, one bracket after another."""
    stack = []
    for word in map(int, row):
        if word % 2:
            stack.append(word)
        elif word and (not stack or stack.pop() != word - 1):
            return False
    return not stack


@SIZES
def test_the_class_says_whether_a_row_is_balanced(length, sorts):
    rows = load(length=length, sorts=sorts)
    assert rows.y.tolist() == [int(is_balanced(row)) for row in rows.x]


@SIZES
def test_half_of_the_rows_are_balanced_and_the_classes_are_mixed(length, sorts):
    y = load(length=length, sorts=sorts).y
    assert y.sum() == 1000
    assert set(y[:20]) == {0, 1}


@SIZES
def test_padding_stands_in_front_of_an_even_number_of_brackets_from_half_the_length_up(length, sorts):
    x = load(length=length, sorts=sorts).x
    sizes = (x > 0).sum(axis=1)
    assert all((row[length - size:] > 0).all() for row, size in zip(x, sizes, strict=True))
    assert set(sizes.tolist()) == {size for size in range(2, length + 1, 2) if 2 * size >= length}


def test_all_balanced_rows_of_a_length_are_equally_likely():
    rows = load(length=6, samples=60_000)
    whole = rows.x[(rows.y == 1) & (rows.x[:, 0] > 0)]
    counts = Counter(map(tuple, whole.tolist()))
    assert len(counts) == 5
    np.testing.assert_allclose([count / len(whole) for count in counts.values()], 0.2, atol=0.01)


def test_a_row_with_a_fault_is_one_step_from_a_balanced_one():
    rows = load(length=10, sorts=2, samples=400)
    for row in rows.x[rows.y == 0].astype(int).tolist():
        places = [place for place, word in enumerate(row) if word]
        changed = [[*row[:place], word, *row[place + 1:]] for place in places for word in range(1, 5)]
        for one in places:
            for other in places:
                swapped = list(row)
                swapped[one], swapped[other] = row[other], row[one]
                changed.append(swapped)
        assert any(map(is_balanced, changed))


def test_counting_brackets_does_not_tell_the_classes_apart():
    rows = load(sorts=2)
    opening, closing = ((rows.x > 0) & (rows.x % 2 == odd) for odd in (1, 0))
    as_many = opening.sum(axis=1) == closing.sum(axis=1)
    assert 0.5 < as_many[rows.y == 0].mean() < 0.8
    begins = np.array([row[row > 0][0] for row in rows.x])
    assert (begins[rows.y == 0] % 2 == 1).mean() > 0.75


def test_words_are_known_before_anything_is_loaded():
    spec = DATASETS["brackets"](sorts=3, length=12).spec()
    assert (spec.tokens, spec.shape, spec.classes) == (7, (12,), ("unbalanced", "balanced"))
    assert spec.words == ("·", "(", ")", "[", "]", "{", "}")


@pytest.mark.parametrize("sorts", range(1, 9))
def test_every_bracket_has_a_name_of_its_own(sorts):
    spec = DATASETS["brackets"](sorts=sorts).spec()
    assert len(set(spec.words)) == len(spec.words) == spec.tokens


@pytest.mark.parametrize(("cell", "least"), [("lstm", 0.9), ("gru", 0.9), ("simple_rnn", 0.85)])
def test_a_recurrent_network_learns_it_from_embedded_words(cell, least):
    doc = chain(("embedding", {"input_dim": 3, "output_dim": 4}), (cell, {"units": 16}), dense(1), "sigmoid",
                loss="binary_crossentropy", source={"kind": "brackets", "params": {"length": 10}},
                data={"validation": 0.25}, optimizer="adam", learning_rate=0.01, batch_size=32, epochs=8)
    last = of(run(doc)[1], EpochDone)[-1]
    assert last.validation_score > least
