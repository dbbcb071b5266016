"""The sentences that ship."""
from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest

from core.datasets import DATASETS, Recipe, describe, prepare
from core.datasets.sentences import CLASSES
from core.preprocessing import STEPS


@pytest.fixture(scope="module")
def table():
    sentence, sentiment = DATASETS["sentences"]().table(0)
    return sentence.values.tolist(), sentiment.values


def words(sentence):
    return re.findall(r"[a-z']+", sentence.lower())


def test_there_are_many_and_as_many_good_ones_as_bad_ones(table):
    sentences, classes = table
    counts = np.bincount(classes)
    assert len(sentences) == DATASETS["sentences"]().count() >= 400
    assert counts[0] == counts[1]
    assert len(CLASSES) == len(counts) == 2


def test_each_is_a_short_sentence(table):
    for sentence in table[0]:
        assert sentence[0].isupper(), sentence
        assert sentence.endswith("."), sentence
        assert sentence.isascii(), sentence
        assert sentence == " ".join(sentence.split()), sentence
        assert 3 <= len(words(sentence)) <= 18, sentence


def test_none_is_nearly_another(table):
    sets = [(frozenset(words(sentence)), sentence) for sentence in table[0]]
    near = [(one, other) for (a, one), (b, other) in combinations(sets, 2) if len(a & b) / len(a | b) >= 0.6]
    assert near == []


def test_the_language_is_rich(table):
    assert len({word for sentence in table[0] for word in words(sentence)}) > 1000


def test_no_single_word_tells_the_two_apart(table):
    sentences, classes = table
    sets = [set(words(sentence)) for sentence in sentences]
    right = {word: np.mean([(word in found) == label for found, label in zip(sets, classes, strict=True)])
             for word in set().union(*sets)}
    assert max(max(share, 1 - share) for share in right.values()) < 0.6


def test_good_and_bad_ones_are_mixed(table):
    assert 30 <= table[1][:100].sum() <= 70


def test_the_table_belongs_to_the_caller():
    dataset = DATASETS["sentences"]()
    sentence, sentiment = dataset.table(0)
    sentence.values[0], sentiment.values[0] = "gone", 1 - sentiment.values[0]
    again = dataset.table(0)
    assert again[0].values[0] != "gone"
    assert again[1].values[0] != sentiment.values[0]


def test_a_description_counts_tokens():
    parts = prepare(DATASETS["sentences"](), Recipe((STEPS["tokens"](length=18),), validation=0.2))
    assert describe(parts) == "Sentences: 682 samples, 18 tokens, 2 classes; 546 train, 136 validation"
