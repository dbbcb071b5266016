"""Cutting a data set into parts."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.datasets import DATASETS, Recipe, prepare
from core.errors import DataError
from tests.core.datasets._table import counted, regression

sizes = st.lists(st.integers(1, 40), min_size=1, max_size=5)
shares = st.floats(0.0, 0.6)
seeds = st.integers(0, 2**32)


def numbers(part):
    return part.x[:, 0].astype(int).tolist()


def parts_of(parts):
    return parts.train, parts.validation, parts.test


@given(sizes=sizes, validation=shares, test=shares, seed=seeds, stratify=st.booleans())
def test_every_sample_is_in_exactly_one_part(sizes, validation, test, seed, stratify):
    assume(validation + test < 0.9 and sum(sizes) >= 30)
    split = "stratified" if stratify else "random"
    parts = prepare(counted(sizes), Recipe(validation=validation, test=test, seed=seed, split=split))
    found = [number for part in parts_of(parts) for number in numbers(part)]
    assert sorted(found) == list(range(sum(sizes)))


@given(sizes=sizes, validation=shares, test=shares, seed=seeds)
def test_samples_keep_their_targets_and_their_order(sizes, validation, test, seed):
    assume(validation + test < 0.9 and sum(sizes) >= 30)
    source = counted(sizes)
    for part in parts_of(prepare(source, Recipe(validation=validation, test=test, seed=seed))):
        assert numbers(part) == sorted(numbers(part))
        assert part.y.tolist() == source.load(0).y[numbers(part)].tolist()


@given(sizes=sizes, validation=shares, test=shares)
def test_parts_have_the_size_of_their_share_to_the_nearest_sample(sizes, validation, test):
    count = sum(sizes)
    assume(validation + test < 0.9 and count >= 30)
    parts = prepare(counted(sizes), Recipe(validation=validation, test=test))
    for part, share in ((parts.validation, validation), (parts.test, test)):
        assert abs(len(part) - count * share) <= 0.5 or (len(part) == 1 and 0.0 < count * share < 0.5)


@given(each=st.integers(5, 40), classes=st.integers(1, 5), validation=shares, test=shares, seed=seeds)
def test_balanced_classes_stay_balanced_to_one_sample_at_each_cut(each, classes, validation, test, seed):
    assume(validation + test < 0.9)
    parts = prepare(counted([each] * classes), Recipe(validation=validation, test=test, seed=seed))
    assert np.ptp(np.bincount(parts.test.y, minlength=classes)) <= 1
    assert np.ptp(np.bincount(parts.validation.y, minlength=classes)) <= 2
    assert np.ptp(np.bincount(parts.train.y, minlength=classes)) <= 1


@given(big=st.integers(20, 200), small=st.integers(1, 20), share=st.floats(0.1, 0.5), seed=seeds)
def test_a_small_class_keeps_its_proportion_to_one_sample(big, small, share, seed):
    test = prepare(counted([big, small]), Recipe(test=share, seed=seed)).test
    exact = small * len(test) / (big + small)
    assert abs((test.y == 1).sum() - exact) <= 1.5


@pytest.mark.parametrize(("share", "rare"), [(0.2, 0), (0.3, 1), (0.7, 1), (0.8, 2)])
def test_a_rare_class_is_given_to_the_nearest_sample(share, rare):
    assert (prepare(counted([18, 2]), Recipe(test=share)).test.y == 1).sum() == rare


def test_iris_keeps_its_species_even():
    parts = prepare(DATASETS["iris"](), Recipe(validation=0.16, test=0.2))
    assert [np.bincount(part.y).tolist() for part in parts_of(parts)] == [[32] * 3, [8] * 3, [10] * 3]


def test_without_stratifying_chance_shares_the_classes():
    counts = {np.bincount(prepare(counted([50, 50]), Recipe(test=0.2, seed=seed, split="random")).test.y)[0]
              for seed in range(20)}
    assert len(counts) > 3


def test_the_same_seed_splits_alike_and_another_one_otherwise():
    first, again, other = (prepare(counted([50, 50]), Recipe(test=0.3, seed=seed)).test for seed in (1, 1, 2))
    assert numbers(first) == numbers(again)
    assert numbers(first) != numbers(other)


def test_every_sample_of_a_class_can_be_held_back():
    held = set()
    for seed in range(60):
        held.update(numbers(prepare(counted([8, 8]), Recipe(test=0.25, seed=seed)).test))
    assert held == set(range(16))


def test_nothing_held_back_leaves_the_data_as_they_came():
    parts = prepare(DATASETS["xor"]())
    assert parts.train.x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert len(parts.validation) == len(parts.test) == 0
    assert parts.test.x.shape == (0, 2)


def test_a_share_too_small_for_one_sample_still_gets_one():
    assert len(prepare(DATASETS["xor"](), Recipe(validation=0.05)).validation) == 1


def test_regression_is_split_too():
    parts = prepare(regression(np.arange(10).reshape(10, 1), np.arange(10)), Recipe(test=0.3))
    assert parts.test.y.ravel().tolist() == numbers(parts.test)
    assert len(parts.test) == 3


@pytest.mark.parametrize("share", [-0.1, 1.0, 2.0, float("nan")])
@pytest.mark.parametrize("name", ["validation", "test"])
def test_a_share_outside_0_to_1_is_refused_by_name(name, share):
    with pytest.raises(DataError, match=f"The {name} share must be at least 0 and less than 1") as caught:
        prepare(DATASETS["iris"](), Recipe(**{name: share}))
    assert caught.value.problem.param == name


@pytest.mark.parametrize(("validation", "test"), [(0.5, 0.5), (0.6, 0.7)])
def test_shares_that_leave_nothing_to_train_on_are_refused(validation, test):
    with pytest.raises(DataError, match="leave nothing to train on"):
        prepare(DATASETS["iris"](), Recipe(validation=validation, test=test))


@pytest.mark.parametrize(("count", "validation"), [(1, 0.0), (2, 0.1), (2, 0.4)])
def test_too_few_samples_to_split_are_refused(count, validation):
    with pytest.raises(DataError, match="too few samples to split"):
        prepare(counted([count]), Recipe(validation=validation, test=0.1))
