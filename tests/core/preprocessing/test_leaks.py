"""Nothing of the validation and the test part reaches what is learned from: neither steps, nor samples, nor weights."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.datasets import Recipe, prepare
from core.graph.settings import DataSettings
from core.preprocessing import STEPS, rows
from core.train.session import Session
from tests.core._build import chain, dense
from tests.core.preprocessing._examples import COLUMN_STEPS, Rows, column, columns, fitting, named, step
from tests.core.train._drive import run

N = 48
# The first half is learned from, then comes validation, then test.
PARTS = np.repeat(np.array([0, 1, 2], np.int32), [24, 12, 12])
HELD = PARTS > 0
CHAINS = {
    "numbers": ["fill_missing", "robust", {"kind": "standardise", "params": {"columns": ["plain"]}}],
    "median, log": [{"kind": "fill_missing", "params": {"strategy": "median"}}, "log", "min_max"],
    "everything": ["fill_missing", "one_hot", "date_parts", "standardise", "shuffle", "class_weights"],
    "fewer rows": ["drop_rows", "ordinal", "date_parts", "min_max", "random_noise", "class_weights"],
    "fewer columns": [{"kind": "drop_columns", "params": {"columns": ["gappy", "when"]}}, "fill_missing", "one_hot",
                      "robust"],
}
seeds = st.integers(0, 2**32 - 1)


def split(table, target):
    """The columns with one target, and one that says which part a row is in."""
    part = column("part", "category", PARTS, categories=("train", "validation", "test"))
    return (*table, *named(columns(N), target), part)


def corrupted(table, seed, *, gaps=()):
    """The table with all held-back rows drawn anew: wild numbers, other categories, dates and texts, and gaps."""
    rng = np.random.default_rng(seed)
    return tuple(c if c.spec.name == "part" else c.with_values(_drawn(c, rng, gaps=gaps)) for c in table)


def _drawn(c, rng, *, gaps):
    values, n = c.values.copy(), int(HELD.sum())
    lacking = (rng.random(n) < 0.3) & (c.spec.kind in gaps) & (c.spec.role == "input")
    if c.spec.kind == "number":
        drawn = (rng.random((n, *c.spec.shape)) * 10.0 ** rng.uniform(-3, 8)).astype(np.float32)
        drawn[lacking] = np.nan
    elif c.spec.kind == "category":
        drawn = np.where(lacking, -1, rng.integers(0, len(c.spec.categories), n)).astype(np.int32)
    elif c.spec.kind == "date":
        drawn = np.datetime64("1900-01-01", "us") + rng.integers(0, 10**8, n) * np.timedelta64(60, "s")
        drawn[lacking] = np.datetime64("NaT")
    else:
        drawn = np.array([f"new words {number}" for number in rng.integers(0, 99, n)], object)
    values[HELD] = drawn
    return values


def recipe(*steps):
    made = [step(kind) if isinstance(kind, str) else STEPS[kind["kind"]](**kind["params"]) for kind in steps]
    return Recipe(tuple(made), split="column", split_column="part")


def learned(parts, probe):
    """All that was learned: training samples, what the chain makes of other rows, weights of classes, scale."""
    target = () if parts.target is None else (parts.target.shift.tobytes(), parts.target.scale.tobytes())
    return (parts.train.x.tobytes(), parts.train.y.tobytes(), parts.chain.apply(probe).tobytes(),
            parts.chain.explain(), parts.class_weights, target)


def probe(parts):
    """Rows that were learned from, as the data set gives them."""
    return rows(parts.raw[0], np.arange(3))


@pytest.mark.parametrize("kind", COLUMN_STEPS)
@given(seed=seeds)
def test_no_step_learns_from_rows_that_are_held_back(kind, seed):
    table = split(fitting(kind, columns(N, gaps=False)), "label")
    # A network takes numbers.
    steps = [kind, "ordinal"] if kind == "fill_missing" else [kind]
    before = prepare(Rows(table), recipe(*steps))
    after = prepare(Rows(corrupted(table, seed)), recipe(*steps))
    assert learned(before, probe(before)) == learned(after, probe(before))


@pytest.mark.parametrize("name", CHAINS)
@given(seed=seeds)
def test_no_chain_learns_from_rows_that_are_held_back(name, seed):
    others = () if name in ("numbers", "median, log") else ("colour", "when")
    table = split(named(columns(N), "plain", "gappy", "same", *others), "label")
    gaps = ("number", "category", "date") if "drop_rows" in CHAINS[name] else ("number", "category")
    if name == "everything":
        # What fills the others fills no dates.
        table = tuple(named(columns(N, gaps=False), "when")[0] if c.spec.kind == "date" else c for c in table)
    before = prepare(Rows(table), recipe(*CHAINS[name]))
    after = prepare(Rows(corrupted(table, seed, gaps=gaps)), recipe(*CHAINS[name]))
    assert learned(before, probe(before)) == learned(after, probe(before))


@pytest.mark.parametrize("params", [{}, {"method": "min_max"}, {"logarithm": True}])
@given(seed=seeds)
def test_the_scale_of_the_target_is_that_of_the_training_part(params, seed):
    table = split(named(columns(N, gaps=False), "plain"), "price")
    scaled = Recipe((STEPS["scale_target"](**params),), split="column", split_column="part")
    before, after = prepare(Rows(table), scaled), prepare(Rows(corrupted(table, seed)), scaled)
    assert learned(before, probe(before)) == learned(after, probe(before))


@settings(max_examples=5)
@given(seed=seeds, name=st.sampled_from(["numbers", "fewer columns"]))
def test_the_weights_after_training_are_the_same_whatever_is_held_back(seed, name):
    plain = ("plain", "gappy") if name == "numbers" else ("plain", "gappy", "colour", "when", "same")
    table = split(named(columns(N), *plain), "label")
    doc = chain(dense(4), "tanh", dense(2), "softmax", loss="sparse_categorical_crossentropy", epochs=3, batch_size=8,
                optimizer="adam", data={"steps": [*CHAINS[name], "random_noise", "class_weights"], "split": "column",
                                        "split_column": "part"})
    weights = []
    for data in (table, corrupted(table, seed, gaps=("number", "category"))):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(DataSettings, "dataset", property(lambda self, data=data: Rows(data)))
            session = Session(doc)
            run(session)
        weights.append({key: array.tobytes() for key, array in session.network.copies().items()})
    assert weights[0] == weights[1]


def test_a_step_that_would_learn_from_all_rows_is_caught():
    table = split(named(columns(N, gaps=False), "plain"), "label")
    whole, other = (STEPS["standardise"]().fit(t[:1]).apply(t[:1])[0].values[~HELD]
                    for t in (table, corrupted(table, 1)))
    assert whole.tobytes() != other.tobytes()


def test_every_step_is_part_of_these_tests():
    used = {kind if isinstance(kind, str) else kind["kind"] for steps in CHAINS.values() for kind in steps}
    rest = {kind for kind, made in STEPS.items() if not made().augments} - used - set(COLUMN_STEPS)
    assert rest == {"scale_target"}
