"""What holds for every step of preprocessing, those to come included."""
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import CoreError, ParamError
from core.preprocessing import STEPS, Explained, fit, infer, rows, specs
from tests.core.preprocessing._examples import AUGMENTATIONS, COLUMN_STEPS, columns, fitting, inputs, named, step

ICONS = Path(__file__).parents[3] / "resources" / "icons" / "actions"
each = pytest.mark.parametrize("kind", list(STEPS))
each_of_columns = pytest.mark.parametrize("kind", COLUMN_STEPS)


def copied(table):
    return [(c.spec, c.values.copy()) for c in table]


def same(values, others):
    if values.dtype == object:
        return values.tolist() == others.tolist()
    return values.dtype == others.dtype and np.array_equal(values, others, equal_nan=values.dtype.kind in "fM")


@each
def test_its_declaration_is_complete(kind):
    made = STEPS[kind]
    assert made.info.kind == kind
    assert made.info.title
    assert made.info.summary
    assert made.info.category
    assert made.info.keywords
    assert (ICONS / f"{made.info.icon}.svg").is_file()
    assert made.__doc__
    assert made.stage in ("rows", "columns", "target", "training")
    assert all(param.doc.endswith(".") for param in made.params.values())
    assert made(**made().config()).config() == made().config()


@each
def test_it_refuses_what_it_has_no_parameter_for(kind):
    with pytest.raises(ParamError):
        STEPS[kind](no_such=1)


@each_of_columns
def test_infer_says_what_apply_gives(kind):
    table = fitting(kind)
    told = step(kind).infer(specs(table))
    given_ = step(kind).fit(table).apply(table)
    # How many values are missing is known of the data only, not of what a step makes of them.
    assert [(c.spec.name, c.spec.kind, c.spec.shape, c.spec.parts, c.spec.tokens, c.spec.categories)
            for c in given_] == [(s.name, s.kind, s.shape, s.parts, s.tokens, s.categories) for s in told]
    for c in given_:
        assert c.values.shape == (len(table[0]), *c.spec.shape)
        assert c.values.dtype == {"number": np.float32, "category": np.int32}.get(c.spec.kind, c.values.dtype)
        assert not c.spec.parts or len(c.spec.parts) == c.spec.width


@each_of_columns
def test_where_infer_says_that_nothing_is_missing_nothing_is(kind):
    table = fitting(kind)
    told = {spec.name: spec.missing for spec in step(kind).infer(specs(table))}
    for c in step(kind).fit(table).apply(table):
        if c.spec.kind == "number" and not told[c.spec.name]:
            assert not np.isnan(c.values).any()


@each_of_columns
def test_neither_fitting_nor_applying_changes_the_columns_or_warns(kind):
    table = fitting(kind)
    before = copied(table)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        step(kind).fit(table).apply(table)
    assert all(spec == c.spec and same(values, c.values) for (spec, values), c in zip(before, table, strict=True))


@each_of_columns
@given(chosen=st.lists(st.integers(0, 39), min_size=1, max_size=12))
def test_a_row_becomes_the_same_whatever_rows_are_beside_it(kind, chosen):
    table, index = fitting(kind), np.array(chosen)
    fitted = step(kind).fit(table)
    whole = rows(fitted.apply(table), index)
    assert all(a.spec == b.spec and same(a.values, b.values)
               for a, b in zip(whole, fitted.apply(rows(table, index)), strict=True))


@each_of_columns
def test_columns_in_which_everything_is_missing_are_taken_in_silence_or_refused_in_a_sentence(kind):
    table, problem = tuple(c.with_values(empty(c)) for c in fitting(kind)), None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            step(kind).fit(table).apply(table)
        except CoreError as error:
            problem = error.problem
    assert problem is None or (problem.code.startswith("steps.") and problem.hint)


def empty(c):
    if c.spec.kind == "category":
        return np.full_like(c.values, -1)
    if c.spec.kind == "date":
        return np.full_like(c.values, np.datetime64("NaT"))
    return np.full_like(c.values, "" if c.spec.kind == "text" else np.nan)


@each_of_columns
def test_a_single_row_can_be_learned_from(kind):
    table = rows(fitting(kind, columns(gaps=False)), np.array([1]))
    assert all(len(c) == 1 for c in step(kind).fit(table).apply(table))


@each_of_columns
def test_what_it_has_learned_can_be_told_in_a_line_or_not_at_all(kind):
    fitted = step(kind).fit(fitting(kind))
    if isinstance(fitted, Explained):
        line = fitted.explain()
        assert line.startswith(STEPS[kind].info.title)
        assert "\n" not in line
        assert "nan" not in line


@pytest.mark.parametrize("kind", [k for k in COLUMN_STEPS if "columns" in STEPS[k].params])
def test_a_column_that_is_not_there_is_refused_by_name(kind):
    with pytest.raises(CoreError) as caught:
        STEPS[kind](columns=["nobody"]).infer(specs(inputs(columns())))
    assert caught.value.problem.code == "steps.column"
    assert '"nobody"' in caught.value.problem.message


@pytest.mark.parametrize("kind", AUGMENTATIONS)
def test_an_augmentation_gives_new_samples_of_the_same_form_by_the_generator_alone(kind):
    x = np.random.default_rng(0).random((6, 9, 7, 2)).astype(np.float32)
    before = x.copy()
    first, second, other = (STEPS[kind]().augment(x, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first.shape == x.shape
    assert first.dtype == x.dtype
    assert not np.shares_memory(first, x)
    assert np.array_equal(x, before)
    assert np.isfinite(first).all()
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)
    assert STEPS[kind]().augment(x.astype(np.float64), np.random.default_rng(1)).dtype == np.float64


def test_a_chain_of_all_columns_tells_what_its_steps_have_learned():
    table = named(columns(), "plain", "gappy", "colour")
    chain, x = fit([step("fill_missing"), step("one_hot"), step("standardise", columns=["plain"])], table)
    assert x.shape == (40, *infer([step("fill_missing"), step("one_hot")], specs(table)).shape)
    filled, encoded, scaled = chain.explain()
    assert filled.startswith("Fill missing: plain ")
    assert "colour " in filled
    assert encoded == "One-hot: 3 categories"
    assert scaled == f"Standardise: mean {table[0].values.mean():.4g}, deviation {table[0].values.std():.4g}"
