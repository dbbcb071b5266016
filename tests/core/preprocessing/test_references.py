"""The same numbers as scikit-learn's."""
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler, StandardScaler
from sklearn.utils.class_weight import compute_class_weight

from core.preprocessing import STEPS, Column, ColumnSpec

SCALERS = {"standardise": StandardScaler, "min_max": MinMaxScaler, "robust": RobustScaler}
NAMES = ("ash", "birch", "cedar", "fir")
whole = st.integers(-1000, 1000)
tables = arrays.arrays(np.float32, st.tuples(st.integers(2, 30), st.integers(1, 4)),
                       elements=whole.map(lambda v: v / 8.0))
codes = arrays.arrays(np.int32, st.integers(1, 40), elements=st.integers(-1, 3))


def wide(x):
    return (Column(ColumnSpec("x", shape=x.shape[1:]), x),)


def words(values):
    return np.array([None if v < 0 else NAMES[v] for v in values], object).reshape(-1, 1)


@pytest.mark.parametrize("kind", SCALERS)
@given(x=tables, gaps=st.booleans(), seed=st.integers(0, 99))
def test_numbers_are_scaled_as_scikit_learn_scales_them(kind, x, gaps, seed):
    if gaps:
        x = np.where(np.random.default_rng(seed).random(x.shape) < 0.3, np.nan, x).astype(np.float32)
    assume(not np.isnan(x).all(axis=0).any())
    fitted = STEPS[kind]().fit(wide(x))
    ours, theirs = fitted.apply(wide(x))[0].values, SCALERS[kind]().fit(x.astype(np.float64)).transform(x)
    # A number that never changes is shifted to 0 by us, and by all of theirs.
    np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("strategy", ["mean", "median", "most_frequent", "constant"])
@given(x=tables, seed=st.integers(0, 99))
def test_missing_numbers_are_filled_as_scikit_learn_fills_them(strategy, x, seed):
    x = np.where(np.random.default_rng(seed).random(x.shape) < 0.4, np.nan, x).astype(np.float32)
    assume(not np.isnan(x).all(axis=0).any())
    ours = STEPS["fill_missing"](strategy=strategy, number=-2.5).fit(wide(x)).apply(wide(x))[0].values
    theirs = SimpleImputer(strategy=strategy, fill_value=-2.5).fit_transform(x.astype(np.float64))
    np.testing.assert_allclose(ours, theirs, rtol=1e-6)


@given(values=codes)
def test_missing_categories_are_filled_as_scikit_learn_fills_them(values):
    assume((values >= 0).any())
    given_ = (Column(ColumnSpec("c", "category", categories=NAMES), values),)
    ours = STEPS["fill_missing"]().fit(given_).apply(given_)[0].values
    theirs = SimpleImputer(missing_values=None, strategy="most_frequent").fit_transform(words(values))
    assert [NAMES[v] for v in ours] == theirs.ravel().tolist()


@given(values=codes)
def test_categories_become_the_rows_and_numbers_that_scikit_learn_gives(values):
    given_ = (Column(ColumnSpec("c", "category", categories=NAMES), values),)
    rows = STEPS["one_hot"]().fit(given_).apply(given_)[0]
    encoder = OneHotEncoder(categories=[list(NAMES)], handle_unknown="ignore", sparse_output=False)
    known = values >= 0
    if known.any():
        assert np.array_equal(rows.values[known], encoder.fit_transform(words(values)[known]))
        ranks = STEPS["ordinal"]().fit(given_).apply(given_)[0].values
        assert np.array_equal(ranks[known], OrdinalEncoder(categories=[list(NAMES)])
                              .fit_transform(words(values)[known]).ravel())
        assert np.isnan(ranks[~known]).all()
    assert not rows.values[~known].any()
    assert rows.spec.parts == ("c=ash", "c=birch", "c=cedar", "c=fir")


@given(y=arrays.arrays(np.intp, st.integers(1, 60), elements=st.integers(0, 3)))
def test_balanced_weights_are_those_of_scikit_learn(y):
    present = np.unique(y)
    ours = np.array(STEPS["class_weights"]().class_weights(np.bincount(y, minlength=4)))
    np.testing.assert_allclose(ours[present], compute_class_weight("balanced", classes=present, y=y))
    assert (np.delete(ours, present) == 1.0).all()
    assert ours[y].mean() == pytest.approx(1.0)
