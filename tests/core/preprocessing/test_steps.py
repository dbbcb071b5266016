"""What the single steps do, beyond what scikit-learn's do."""
from datetime import datetime

import numpy as np
import pytest

from core.datasets import Recipe, outline, prepare
from core.errors import DataError
from core.preprocessing import STEPS, Column, ColumnSpec, specs
from tests.core.datasets._table import regression
from tests.core.preprocessing._examples import COLOURS, Rows, column, columns, named, step


def numbers(*values):
    return (column("n", "number", np.array(values, np.float32)),)


def done(kind, table, **params):
    return STEPS[kind](**params).fit(table).apply(table)


def refused(act):
    with pytest.raises(DataError) as caught:
        act()
    return caught.value.problem


def test_a_log_takes_what_lies_above_minus_1_and_refuses_the_rest_wherever_it_comes_up():
    (out,) = done("log", numbers(0.0, 1.0, -0.5, np.nan))
    np.testing.assert_allclose(out.values, [0.0, np.log(2.0), np.log(0.5), np.nan], rtol=1e-6)
    fitted = STEPS["log"]().fit(numbers(0.0, 1.0))
    for act in (lambda: done("log", numbers(3.0, -1.0)), lambda: fitted.apply(numbers(-7.0))):
        problem = refused(act)
        assert problem.code == "steps.negative"
        assert '"n"' in problem.message
    (both,) = done("log", numbers(-3.0, 3.0, 0.0), symmetric=True)
    np.testing.assert_allclose(both.values, [-np.log(4.0), np.log(4.0), 0.0], rtol=1e-6)


def test_one_hot_gives_a_missing_category_a_number_of_its_own_if_asked():
    table = (column("c", "category", np.array([2, -1, 0], np.int32), categories=COLOURS),)
    (out,) = done("one_hot", table, missing=True)
    assert out.spec.parts == ("c=blue", "c=green", "c=red", "c=missing")
    assert out.values.tolist() == [[0, 0, 1, 0], [0, 0, 0, 1], [1, 0, 0, 0]]


@pytest.mark.parametrize("kind", ["one_hot", "ordinal"])
def test_categories_are_known_by_name_in_whatever_order_another_table_lists_them(kind):
    fitted = STEPS[kind]().fit((column("c", "category", np.array([0, 1, 2], np.int32), categories=COLOURS),))
    (out,) = fitted.apply((column("c", "category", np.array([0, 1, 2, -1], np.int32),
                                  categories=("red", "pink", "blue")),))
    expected = {"one_hot": [[0, 0, 1], [0, 0, 0], [1, 0, 0], [0, 0, 0]], "ordinal": [2.0, np.nan, 0.0, np.nan]}
    np.testing.assert_array_equal(out.values, expected[kind])
    assert out.spec.parts == (("c=blue", "c=green", "c=red") if kind == "one_hot" else ())


def test_a_column_of_a_few_whole_numbers_is_one_hot_only_where_it_is_named():
    table = (column("n", "number", np.array([4.0, 2.0, np.nan], np.float32), categories=("2", "4")),)
    assert done("one_hot", table) == table
    (out,) = done("one_hot", table, columns=["n"])
    assert out.values.tolist() == [[0, 1], [1, 0], [0, 0]]
    assert done("one_hot", table, columns=["n"], missing=True)[0].values[2].tolist() == [0, 0, 1]


@pytest.mark.parametrize("strategy", ["mean", "median", "most_frequent"])
def test_what_is_missing_everywhere_cannot_be_filled_but_by_a_constant(strategy):
    empty = (*numbers(np.nan, np.nan), column("c", "category", np.array([-1, -1], np.int32), categories=COLOURS))
    for one in empty:
        problem = refused(lambda one=one: done("fill_missing", (one,), strategy=strategy))
        assert problem.code == "steps.empty"
        assert f'"{one.spec.name}"' in problem.message
    filled = done("fill_missing", empty, strategy="constant", number=7.0, category="none")
    assert filled[0].values.tolist() == [7.0, 7.0]
    assert filled[1].spec.categories == (*COLOURS, "none")
    assert filled[1].values.tolist() == [3, 3]


def test_one_empty_number_of_several_is_named():
    x = np.array([[1.0, np.nan], [2.0, np.nan]], np.float32)
    table = (column("x", "number", x, shape=(2,), parts=("left", "right")),)
    assert '"right"' in refused(lambda: done("fill_missing", table)).message


def test_a_constant_that_is_a_category_already_adds_none():
    table = (column("c", "category", np.array([-1, 0], np.int32), categories=COLOURS),)
    (out,) = done("fill_missing", table, strategy="constant", category="red")
    assert out.spec.categories == COLOURS
    assert out.values.tolist() == [2, 0]


DATES = [datetime(1969, 12, 31, 23, 30), datetime(2000, 2, 29, 6), datetime(2026, 11, 22, 18, 45, 36)]


def test_the_parts_of_a_date_are_those_of_the_calendar():
    table = (column("d", "date", np.array(DATES, "datetime64[us]")),)
    (out,) = done("date_parts", table, weekday=True, hour=True, circles=False)
    assert out.spec.parts == ("d year", "d month", "d day", "d weekday", "d hour")
    np.testing.assert_allclose(out.values, [[d.year, d.month, d.day, d.weekday(), d.hour + d.minute / 60 +
                                             d.second / 3600] for d in DATES], rtol=1e-6)


def test_december_lies_beside_january_and_a_missing_date_gives_missing_numbers():
    dates = np.array(["2020-12-05", "2021-01-05", "2021-07-05", "NaT"], "datetime64[us]")
    (out,) = done("date_parts", (column("d", "date", dates),), year=False, day=False)
    assert out.spec.parts == ("d month sin", "d month cos")
    december, january, july = out.values[:3]
    assert np.hypot(*(december - january)) < 0.6 < 1.9 < np.hypot(*(january - july))
    assert np.isnan(out.values[3]).all()


def test_no_part_of_a_date_is_no_step():
    table = (column("d", "date", np.array(DATES, "datetime64[us]")),)
    nothing = STEPS["date_parts"](year=False, month=False, day=False)
    assert refused(lambda: nothing.infer(specs(table))).code == "steps.nothing"


def prepared(table, *steps, **how):
    return prepare(Rows(table), Recipe(tuple(steps), **how))


def test_dropped_columns_are_gone_even_where_they_cannot_be_computed_with():
    table = columns()
    parts = prepared(table, step("drop_columns", columns=["gappy", "colour", "when", "said", "w2"]),
                     roles={"price": "ignore"})
    assert parts.spec.features == ("plain", "same", "w1", "w3")
    assert len(parts.train) == 40
    assert refused(lambda: prepared(named(table, "plain", "label"), step("drop_columns"))).code == "data.inputs"


def test_rows_are_dropped_where_an_input_or_a_target_is_missing_but_not_for_an_ignored_column():
    table = named(columns(), "plain", "gappy", "colour", "label")
    whole = {"gappy": "ignore", "colour": "ignore"}
    assert len(prepared(table, step("drop_rows"), roles=whole).train) == 40
    gappy = table[1].values
    parts = prepared(table, step("drop_rows"), roles={"colour": "ignore"})
    assert np.array_equal(parts.train.x, np.column_stack([table[0].values, gappy])[~np.isnan(gappy)])
    target = np.where(np.arange(40) < 10, -1, np.arange(40) % 2).astype(np.int32)
    unlabelled = (table[0], table[3].with_values(target, missing=10))
    assert len(prepared(unlabelled, step("drop_rows")).train) == 30


def test_rows_are_dropped_by_the_named_columns_alone():
    table = named(columns(), "gappy", "colour", "label")
    lacking = int(np.isnan(table[0].values).sum())
    parts = prepared(table, step("drop_rows", columns=["gappy"]), step("one_hot"))
    assert len(parts.train) == 40 - lacking
    problem = refused(lambda: prepared(table, step("drop_rows", columns=["nobody"]), step("one_hot")))
    assert problem.code == "steps.column"


def test_dropping_every_row_is_refused_in_a_sentence():
    table = (*numbers(np.nan, np.nan), column("y", "number", np.ones(2, np.float32), role="target"))
    problem = refused(lambda: prepared(table, step("drop_rows")))
    assert problem.code == "steps.rows"
    assert "none is left" in problem.message


def test_shuffling_reorders_the_training_part_alone_and_with_it_what_is_kept_of_the_data():
    table, how = named(columns(), "plain", "label"), {"test": 0.25, "split": "ordered"}
    straight, shuffled, again = (prepared(table, *steps, **how) for steps in (
        [], [step("shuffle", seed=4)], [step("shuffle", seed=4)]))
    order = np.random.default_rng(4).permutation(30)
    assert np.array_equal(shuffled.train.x, straight.train.x[order])
    assert np.array_equal(shuffled.train.y, straight.train.y[order])
    assert np.array_equal(shuffled.raw[0][0].values, straight.raw[0][0].values[order])
    assert np.array_equal(shuffled.test.x, straight.test.x)
    assert np.array_equal(shuffled.train.x, again.train.x)


@pytest.mark.parametrize("method", ["standardise", "min_max", "none"])
@pytest.mark.parametrize("logarithm", [False, True])
def test_a_scaled_target_is_taken_back_to_its_own_units(method, logarithm):
    table = named(columns(), "plain", "price")
    parts = prepared(table, step("scale_target", method=method, logarithm=logarithm), validation=0.25)
    own = [parts.target.undo(part.y)[:, 0] for part in (parts.train, parts.validation)]
    np.testing.assert_allclose(np.sort(np.concatenate(own)), np.sort(table[1].values), rtol=2e-5)
    if method == "standardise":
        assert parts.train.y.mean() == pytest.approx(0.0, abs=1e-5)
        assert parts.train.y.std() == pytest.approx(1.0, rel=1e-5)
    elif method == "min_max":
        assert (parts.train.y.min(), parts.train.y.max()) == pytest.approx((0.0, 1.0))


def test_a_target_without_a_logarithm_is_refused_in_any_part():
    y = np.arange(10, dtype=np.float32)
    for place in (0, 9):
        y = np.arange(10, dtype=np.float32)
        y[place] = -3.0
        table = (*numbers(*range(10)), column("y", "number", y, role="target"))
        problem = refused(lambda table=table: prepared(table, step("scale_target", logarithm=True), test=0.2,
                                                       split="ordered"))
        assert problem.code == ("steps.negative" if place == 0 else "data.finite")


def test_a_target_that_never_changes_becomes_0():
    table = (*numbers(1, 2, 3), column("y", "number", np.full(3, 7.0, np.float32), role="target"))
    parts = prepared(table, step("scale_target"))
    assert parts.train.y.tolist() == [[0.0]] * 3
    assert parts.target.undo(np.array([[0.0]])).tolist() == [[7.0]]


def test_missing_values_are_told_before_any_sample_is_read_unless_a_step_takes_care_of_them():
    class Unread(Rows):
        def table(self, seed):
            raise AssertionError("read")

    table, gone = named(columns(), "plain", "gappy", "label"), {"gappy": "ignore"}
    Unread.info = Rows.info
    problem = refused(lambda: outline(Unread(table), Recipe()))
    assert (problem.code, problem.param) == ("data.missing", "steps")
    assert '8 values of column "gappy" are missing' in problem.message
    for recipe in (Recipe(roles=gone), Recipe((step("fill_missing"),)), Recipe((step("drop_rows"),)),
                   Recipe((step("drop_columns", columns=["gappy"]),)),
                   Recipe((step("fill_missing", columns=["gappy"]),))):
        outline(Unread(table), recipe)
        assert np.isfinite(prepare(Rows(table), recipe).train.x).all()
    assert refused(lambda: outline(Unread(table), Recipe((step("fill_missing", columns=["plain"]),)))) == problem


def test_a_missing_target_asks_for_rows_to_be_dropped():
    table = named(columns(), "plain", "label")
    table = (table[0], Column(ColumnSpec("label", "category", "target", ("no", "yes"), missing=1), table[1].values))
    problem = refused(lambda: outline(Rows(table), Recipe((step("fill_missing"),))))
    assert "1 value of the target" in problem.message
    assert "Drop rows" in problem.hint
    outline(Rows(table), Recipe((step("drop_rows"),)))


def test_an_array_with_gaps_can_be_filled_too_and_says_what_to_do_if_it_is_not():
    x = np.array([[1.0, np.nan], [3.0, 4.0], [np.nan, 8.0]], np.float32)
    assert prepare(regression(x, [1, 2, 3]), Recipe((step("fill_missing"),))).train.x.tolist() == [
        [1.0, 6.0], [3.0, 4.0], [2.0, 8.0]]
    assert prepare(regression(x, [1, 2, 3]), Recipe((step("drop_rows"),))).train.x.tolist() == [[3.0, 4.0]]
    assert refused(lambda: prepare(regression(x, [1, 2, 3]))).code == "data.finite"
    x[1, 0] = np.inf
    assert refused(lambda: prepare(regression(x, [1, 2, 3]), Recipe((step("fill_missing"),)))).code == "data.inf"
