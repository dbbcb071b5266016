"""Parts in order, by a column, and in folds."""
from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.datasets import DATASETS, Recipe, TableDataset, prepare, split_problems
from core.datasets._parting import SPELLINGS, part_of
from core.errors import DataError
from core.kinds import Info
from core.preprocessing import Column, ColumnSpec
from tests.core.datasets._table import counted, regression

shares = st.floats(0.0, 0.4)


class Rows(TableDataset):
    """A table of given columns, kept out of the catalogue."""

    def __init__(self, *columns):
        super().__init__()
        self._columns = columns

    def columns(self):
        return tuple(column.spec for column in self._columns)

    def table(self, seed):
        return self._columns

    def count(self):
        return len(self._columns[0])


Rows.info = Info("rows", "Rows", "Given columns", category="Test")


def numbers(name, values, role="input"):
    return Column(ColumnSpec(name, role=role), np.asarray(values, np.float32))


def words(name, values, kind="category"):
    if kind == "text":
        return Column(ColumnSpec(name, "text"), np.array(values, object))
    names = tuple(dict.fromkeys(value for value in values if value))
    return Column(ColumnSpec(name, "category", categories=names),
                  np.array([names.index(value) if value else -1 for value in values], np.int32))


def with_parts(values, kind="category"):
    """A table whose column "part" says where each row belongs; x numbers the rows."""
    place = np.arange(len(values))
    return Rows(numbers("x", place), words("part", values, kind), numbers("y", place, "target"))


def found(parts):
    return [part.x[:, 0].astype(int).tolist() for part in (parts.train, parts.validation, parts.test)]


@given(count=st.integers(5, 80), validation=shares, test=shares, seed=st.integers(0, 99))
def test_in_order_the_last_rows_are_the_test_part_and_those_before_them_validation(count, validation, test, seed):
    source = regression(np.arange(count).reshape(-1, 1), np.arange(count))
    parts = found(prepare(source, Recipe(validation=validation, test=test, split="ordered", seed=seed)))
    assert [*chain(*parts)] == list(range(count))
    for held, share in zip(parts[1:], (validation, test), strict=True):
        assert abs(len(held) - count * share) <= 0.5 or (len(held) == 1 and share)


@given(keys=st.lists(st.integers(-50, 50), min_size=6, max_size=60), validation=shares, test=shares)
def test_in_the_order_of_a_column_nothing_held_back_is_older_than_what_is_learned(keys, validation, test):
    source = Rows(numbers("x", np.arange(len(keys))), numbers("when", keys), numbers("y", keys, "target"))
    parts = prepare(source, Recipe(validation=validation, test=test, split="ordered", split_column="when"))
    cut = found(parts)
    assert sorted(chain(*cut)) == list(range(len(keys)))
    assert all(part == sorted(part) for part in cut)
    train, watch, judge = ([(keys[row], row) for row in part] for part in cut)
    assert not watch or max(train) < min(watch)
    assert not judge or max([*train, *watch]) < min(judge)


def test_windows_of_a_series_are_learned_from_before_those_that_are_watched_and_judged(tmp_path):
    (tmp_path / "series.csv").write_text("value\n" + "".join(f"{row + 0.5}\n" for row in range(60)), "utf-8")
    source = DATASETS["time_series"](path=str(tmp_path / "series.csv"), window=5)
    parts = prepare(source, Recipe(validation=0.2, test=0.2, split="ordered"))
    assert parts.train.y.max() < parts.validation.y.min()
    assert parts.validation.y.max() < parts.test.y.min()
    assert (len(parts.train), len(parts.validation), len(parts.test)) == (33, 11, 11)


def test_dates_give_an_order_and_need_no_role():
    days = np.array(["2026-03-01", "2026-01-01", "2026-02-01", "2025-12-31"], "datetime64[us]")
    when = Column(ColumnSpec("day", "date", "ignore"), days)
    source = Rows(numbers("x", range(4)), when, numbers("y", range(4), "target"))
    parts = prepare(source, Recipe(validation=0.25, test=0.25, split="ordered", split_column="day"))
    assert found(parts) == [[1, 3], [2], [0]]


def test_one_number_of_a_sample_can_give_the_order():
    parts = prepare(DATASETS["iris"](), Recipe(test=0.2, split="ordered", split_column="petal length (cm)"))
    assert parts.train.x[:, 2].max() <= parts.test.x[:, 2].min()
    assert parts.spec.features == DATASETS["iris"]().spec().features


@pytest.mark.parametrize("kind", ["category", "text"])
@given(chosen=st.lists(st.sampled_from([(n, s) for n, part in enumerate(SPELLINGS) for s in SPELLINGS[part]]),
                       max_size=40), case=st.sampled_from([str.lower, str.upper, str.title]))
def test_a_column_says_where_each_row_belongs(kind, chosen, case):
    chosen = [(0, "Train"), *chosen]
    source = with_parts([case(f" {said} ") for _, said in chosen], kind)
    parts = prepare(source, Recipe(split="column", split_column="part"))
    assert found(parts) == [[row for row, (number, _) in enumerate(chosen) if number == part] for part in range(3)]
    assert parts.spec.features == ("x",)


@pytest.mark.parametrize(("text", "part"), [
    ("train", 0), ("Training set", 0), ("TRN", 0), ("train_data", 0), ("val", 1), ("Validation", 1), ("dev-set", 1),
    ("valid split", 1), ("test", 2), ("Testing", 2), ("hold-out", 2), ("held out", 2), ("", None), ("set", None),
    ("trained", None), ("a", None), ("0", None)])
def test_words_for_parts_are_understood_in_any_common_spelling(text, part):
    assert part_of(text) == part


def test_shares_have_no_effect_where_a_column_decides_and_that_is_said():
    source, recipe = with_parts(["train", "test"]), Recipe(split="column", split_column="part")
    greedy = replace(recipe, validation=0.5, test=0.4)
    assert found(prepare(source, greedy)) == found(prepare(source, recipe)) == [[0], [], [1]]
    assert split_problems(source, recipe) == []
    problems = split_problems(source, greedy)
    assert [(p.param, p.severity) for p in problems] == [("validation", "warning"), ("test", "warning")]
    assert problems[0].message == 'Column "part" says which rows are held back: the validation share has no effect.'


@given(sizes=st.lists(st.integers(1, 30), min_size=2, max_size=4), folds=st.integers(2, 8), test=shares,
       seed=st.integers(0, 99))
def test_every_sample_that_is_not_for_the_test_is_watched_in_exactly_one_fold(sizes, folds, test, seed):
    assume(sum(sizes) * (1 - test) - 1 >= folds)
    source, watched, judged, shapes = counted(sizes), Counter(), set(), set()
    for fold in range(1, folds + 1):
        train, watch, judge = found(prepare(source, Recipe(test=test, seed=seed, split="folds", folds=folds,
                                                           fold=fold)))
        assert sorted(train + watch + judge) == list(range(sum(sizes)))
        watched.update(watch)
        judged.add(tuple(judge))
        shapes.add(len(watch))
    assert len(judged) == 1
    assert set(watched.values()) == {1}
    assert sorted([*watched, *judged.pop()]) == list(range(sum(sizes)))
    assert max(shapes) - min(shapes) <= 1


@given(sizes=st.lists(st.integers(1, 30), min_size=2, max_size=4), folds=st.integers(2, 8), seed=st.integers(0, 99))
def test_every_fold_has_each_class_in_its_proportion_to_one_sample(sizes, folds, seed):
    assume(sum(sizes) >= folds)
    counts = [np.bincount(prepare(counted(sizes), Recipe(seed=seed, split="folds", folds=folds,
                                                         fold=fold)).validation.y, minlength=len(sizes))
              for fold in range(1, folds + 1)]
    assert (np.abs(np.array(counts) - np.array(sizes) / folds) < 1.0).all()


def test_numbers_to_predict_are_cut_into_folds_too():
    source = regression(np.arange(10).reshape(-1, 1), np.arange(10))
    watched = [found(prepare(source, Recipe(split="folds", folds=5, fold=fold)))[1] for fold in range(1, 6)]
    assert sorted(chain(*watched)) == list(range(10))
    assert {len(part) for part in watched} == {2}


def test_a_validation_share_has_no_effect_beside_folds_and_that_is_said():
    problems = split_problems(counted([10, 10]), Recipe(validation=0.2, split="folds"))
    assert [(p.code, p.param, p.severity) for p in problems] == [("data.unused", "validation", "warning")]


@pytest.mark.parametrize("split", ["stratified", "random", "ordered", "folds"])
def test_the_same_recipe_gives_the_same_parts(split):
    recipe = Recipe(test=0.2, validation=0.0 if split == "folds" else 0.2, split=split, seed=3)
    assert found(prepare(counted([20, 30]), recipe)) == found(prepare(counted([20, 30]), recipe))


def recipe(**changes):
    return Recipe(**{"split": "column", "split_column": "part", **changes})


@pytest.mark.parametrize(("source", "asked", "message", "param"), [
    (with_parts(["train"]), recipe(split_column=""), "No column is named", "split_column"),
    (with_parts(["train"]), recipe(split_column="parts"), 'no column "parts" to split by. Did you mean "part"?',
     "split_column"),
    (with_parts(["train"]), recipe(split_column="when"), "Choose one of x, part, y", "split_column"),
    (with_parts(["train"]), recipe(split_column="x"), 'column "x" holds numbers instead of the words', "split_column"),
    (with_parts(["train"]), recipe(split_column="y"), 'column "y" is the target', "split_column"),
    (Rows(words("part", ["train"]), numbers("y", [1], "target")), recipe(), 'column "part" is the only input',
     "split_column"),
    (with_parts(["train", "later"]), recipe(), '"later" in column "part" names no part', "split_column"),
    (with_parts(["train", "later"], "text"), recipe(), '"later" in column "part" names no part', "split_column"),
    (with_parts(["train", "", ""]), recipe(), "2 of 3 values of column \"part\" are missing, first in row 2",
     "split_column"),
    (with_parts(["train", ""], "text"), recipe(), "are missing, first in row 2", "split_column"),
    (with_parts(["test", "val"]), recipe(), "says train, so there is nothing to learn from", "split_column"),
    (with_parts(["train"]), recipe(split="ordered"), 'column "part" holds neither numbers nor dates', "split_column"),
    (Rows(numbers("x", range(3)), numbers("t", [1, np.nan, 2], "ignore"), numbers("y", range(3), "target")),
     recipe(split="ordered", split_column="t"), "1 of 3 values of column \"t\" are missing, first in row 2",
     "split_column"),
    (counted([5, 5]), Recipe(split="folds", folds=4, fold=5), "Fold 5 is to be the validation part, but there are only "
     "4 folds", "fold"),
    (counted([2, 2]), Recipe(split="folds", folds=5), "There are too few samples for 5 folds: 4 are left", "folds"),
    (counted([5, 5]), Recipe(split="ordered", validation=0.6, test=0.4), "leave nothing to train on", "validation"),
])
def test_a_split_that_does_not_fit_is_refused_naming_the_field(source, asked, message, param):
    with pytest.raises(DataError) as caught:
        prepare(source, asked)
    assert message in caught.value.problem.text
    assert caught.value.problem.param == param


def test_rows_for_the_test_beside_a_test_part_that_comes_with_the_data_are_refused():
    class Judged(Rows):
        def held_out_table(self, seed):
            return self.table(seed)

        def spec(self):
            return replace(super().spec(), held_out=2)

    held = Judged(numbers("x", range(2)), words("part", ["train", "test"]), numbers("y", range(2), "target"))
    with pytest.raises(DataError, match=r"brings a test part of its own.*Let no row say test"):
        prepare(held, recipe())
