"""What every registered data set must keep."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.datasets import DATASETS, ReadingError, Recipe, Task, deferred, forget, outline, prepare, survey
from core.errors import DataError
from core.preprocessing import STEPS
from tests.core.datasets._files import FILES

KINDS = DATASETS.values()
TABLES = [kind for kind in KINDS if getattr(kind, "tabular", False)]
PLAIN = [kind for kind in KINDS if kind not in TABLES]
CHOSEN = [kind for kind in KINDS if kind.info.kind in FILES]
PLANE = [kind for kind in KINDS if kind.info.category == "Plane" and "samples" in kind.params]
ROOT = Path(__file__).parents[3]
VALUES = {"number": np.float32, "category": np.int32, "text": np.object_, "date": np.dtype("datetime64[us]")}


def name(kind):
    return kind.info.kind


def of(kinds):
    return pytest.mark.parametrize("kind", kinds, ids=name)


@pytest.fixture
def make(tmp_path):
    """Makes a data set of a kind: the smallest one that says anything, each time equal."""
    made = {}

    def of_kind(kind, **params):
        if kind not in made:
            folder = tmp_path / kind.info.kind
            folder.mkdir()
            made[kind] = FILES[kind.info.kind](folder) if kind in CHOSEN else {}
        return kind(**{**made[kind], **params})

    return of_kind


def usable(dataset):
    """Roles that leave only those inputs of a table which a network can take as they are."""
    unfit = (c for c in dataset.columns() if c.role == "input" and (c.kind != "number" or c.missing))
    return {column.name: "ignore" for column in unfit}


def same(one, other):
    return one.x.tobytes() == other.x.tobytes() and one.y.tobytes() == other.y.tobytes()


def same_values(one, other):
    if one.spec != other.spec:
        return False
    if one.spec.kind == "text":
        return one.values.tolist() == other.values.tolist()
    return one.values.tobytes() == other.values.tobytes()


def check_form(spec, samples):
    n = len(samples.x)
    assert samples.x.shape == (n, *spec.shape)
    assert samples.x.dtype == np.float32
    assert samples.x.flags.c_contiguous
    assert samples.y.shape == ((n,) if spec.classification else (n, spec.targets))
    assert samples.y.dtype == (np.intp if spec.classification else np.float32)


def test_the_catalogue_holds_what_the_program_promises():
    assert set(DATASETS) >= {
        "and", "or", "xor", "nand", "nor", "parity", "line", "circle", "gaussians", "spiral", "moons", "xor_regions",
        "rings", "checkerboard", "regression_plane", "regression_gaussian", "sine", "blobs", "iris", "wine",
        "breast_cancer", "diabetes", "california_housing", "digits", "make_classification", "make_regression",
        "brackets", "adding", "mnist", "fashion_mnist"}


def test_all_kinds_that_get_an_example_file_are_there():
    assert set(FILES) <= set(DATASETS)


@of(CHOSEN)
def test_without_a_chosen_file_the_first_look_says_what_to_choose(kind):
    for ask in (kind.spec, kind.columns, kind.count, lambda dataset: outline(dataset, Recipe()), prepare):
        with pytest.raises(DataError) as caught:
            ask(kind())
        problem = caught.value.problem
        assert not isinstance(caught.value, ReadingError)
        assert problem.param == "source"
        assert problem.message.endswith(".")
        assert problem.hint.endswith(".")


@of(PLAIN)
def test_samples_have_the_shape_and_type_that_the_spec_says(kind, make):
    check_form(make(kind).spec(), make(kind).load(0))


@of(PLAIN)
def test_a_test_part_of_its_own_has_the_form_of_the_samples_and_is_announced(kind, make):
    spec, own = make(kind).spec(), make(kind).held_out(0)
    assert (own is None) == (spec.held_out == 0)
    if own is not None:
        check_form(spec, own)


@of([kind for kind in PLAIN if name(kind) not in ("mnist", "fashion_mnist")])
def test_the_number_of_samples_is_known_without_loading_them(kind, make):
    assert make(kind).spec().samples == make(kind).count() == len(make(kind).load(0))


@of(PLAIN)
def test_every_class_occurs_and_no_other(kind, make):
    spec, y = make(kind).spec(), make(kind).load(0).y
    if spec.classification:
        assert set(y.tolist()) == set(range(len(spec.classes)))
    else:
        assert y.min() < y.max()


@of(PLAIN)
def test_yes_or_no_for_itself_is_1_or_0(kind, make):
    assert not make(kind).spec().multi_label or set(make(kind).load(0).y.ravel().tolist()) == {0.0, 1.0}


@of(PLAIN)
def test_every_column_has_a_name_or_none_has(kind, make):
    spec = make(kind).spec()
    assert len(spec.features) in (0, *spec.shape)
    assert len(set(spec.features)) == len(spec.features)
    assert len(set(spec.classes)) == len(spec.classes)
    assert len(spec.target_names) in (0, 1 if spec.classification else spec.targets)
    assert not set(spec.target_names) & set(spec.features)


@of(PLAIN)
def test_a_picture_has_as_many_pixels_as_a_sample_has_values(kind, make):
    spec = make(kind).spec()
    assert spec.picture is None or (int(np.prod(spec.picture)),) == spec.shape


@of(PLAIN)
def test_words_are_whole_numbers_below_their_count(kind, make):
    if tokens := make(kind).spec().tokens:
        x = make(kind).load(0).x
        assert x.min() >= 0
        assert x.max() == tokens - 1
        assert len(make(kind).spec().words) in (0, tokens)
        np.testing.assert_array_equal(x, np.trunc(x))


@of(PLAIN)
def test_every_value_is_finite(kind, make):
    samples = make(kind).load(0)
    assert np.isfinite(samples.x).all()
    assert np.isfinite(samples.y).all()


@of(PLAIN)
def test_the_same_seed_gives_the_same_bits(kind, make):
    assert same(make(kind).load(7), make(kind).load(7))


@of(PLAIN)
def test_loading_twice_gives_arrays_of_their_own(kind, make):
    dataset = make(kind)
    taken = dataset.load(0)
    taken.x[:] = -1.0
    taken.y[:] = 0
    assert same(dataset.load(0), make(kind).load(0))


@of(KINDS)
def test_its_columns_are_those_that_it_announces(kind, make):
    dataset = make(kind)
    table = dataset.table(0)
    assert tuple(column.spec for column in table) == dataset.columns()
    assert len({column.spec.name for column in table}) == len(table) > 1
    for column in table:
        wanted = (len(table[0]), *column.spec.shape)
        # A class that a data set gives with its samples keeps the type that samples have.
        types = (VALUES[column.spec.kind], np.intp) if column.spec.kind == "category" else (VALUES[column.spec.kind],)
        assert column.values.shape == wanted
        assert column.values.dtype in types


@of(KINDS)
def test_its_categories_are_different_and_its_values_are_among_them(kind, make):
    for column in make(kind).table(0):
        names = column.spec.categories
        assert len(set(names)) == len(names)
        if column.spec.kind == "category":
            assert column.values.min() >= -1
            assert column.values.max() < len(names)


@of(KINDS)
def test_the_same_seed_gives_the_same_table(kind, make):
    assert all(map(same_values, make(kind).table(7), make(kind).table(7)))


@of(TABLES)
def test_the_number_of_rows_is_known_without_loading_them(kind, make):
    dataset = make(kind)
    assert dataset.count() == len(dataset.table(0)[0])


@of(CHOSEN)
def test_nothing_is_read_from_files_while_the_window_waits(kind, make):
    dataset = make(kind)
    try:
        forget()
        with deferred():
            before = _asked(dataset)
        survey(dataset, Task())
        with deferred():
            after = _asked(dataset)
    finally:
        forget()
    assert before in (after, "reading")
    assert after == dataset.columns()


def _asked(dataset):
    try:
        return dataset.columns()
    except ReadingError:
        return "reading"


@of(PLANE)
def test_another_seed_gives_other_points(kind):
    one, other = (kind(noise=0.1).load(seed).x for seed in (1, 2))
    assert not set(map(tuple, one)) & set(map(tuple, other))


@of(PLANE)
@pytest.mark.parametrize("samples", [2, 3, 501])
def test_as_many_points_come_as_were_asked_for(kind, samples):
    assert len(kind(samples=samples).load(0)) == samples


@of([kind for kind in PLANE if kind().spec().classification])
def test_classes_are_mixed_so_that_a_plain_cut_holds_all(kind):
    dataset = kind()
    classes = len(dataset.spec().classes)
    assert set(dataset.load(0).y[: 10 * classes].tolist()) == set(range(classes))


@of(KINDS)
def test_the_declaration_is_complete(kind):
    info = kind.info
    assert info.title
    assert info.summary[0].isupper() or info.summary[0].isdigit()
    assert not info.summary.endswith(".")
    assert info.category
    assert info.keywords
    assert kind.__doc__


@of(KINDS)
def test_every_parameter_is_explained_in_a_sentence(kind):
    assert [param.name for param in kind.params.values() if not param.doc.endswith(".")] == []


@of(KINDS)
def test_config_makes_an_equal_data_set(kind, make):
    dataset = make(kind)
    assert all(map(same_values, kind(**dataset.config()).table(3), dataset.table(3)))


@of(KINDS)
@pytest.mark.parametrize("scale", [None, "standardise", "min_max"])
def test_it_becomes_what_its_outline_says(kind, make, scale):
    dataset = make(kind)
    roles = usable(dataset)
    if all(roles.get(column.name, column.role) != "input" for column in dataset.columns()):
        roles = {}
    # Words are not numbers to be scaled.
    steps = (STEPS[scale](),) if scale and not any(column.tokens for column in dataset.columns()) else ()
    own = dataset.held_out_table(0)
    recipe = Recipe(steps=steps, roles=roles, validation=0.25, test=0.25 if own is None else 0.0)
    if not roles and any(c.role == "input" and c.kind != "number" for c in dataset.columns()):
        _refused(dataset, recipe)
        return
    spec, parts = outline(dataset, recipe), prepare(dataset, recipe)
    assert parts.spec == spec
    every = (parts.train, parts.validation, parts.test)
    for part in every:
        check_form(spec, part)
        assert np.isfinite(part.x).all()
        assert len(part)
    assert sum(map(len, every)) == len(dataset.table(0)[0]) + (0 if own is None else len(own[0]))


def _refused(dataset, recipe):
    for ask in (outline, prepare):
        with pytest.raises(DataError) as caught:
            ask(dataset, recipe)
        assert caught.value.problem.hint.startswith("Add the step ")


def test_describing_all_data_sets_imports_nothing_heavy():
    code = ("import sys; from core.datasets import DATASETS\nfrom core.errors import DataError\n"
            "for kind in DATASETS.values():\n"
            "    kind.schema()\n"
            "    try: kind().spec()\n"
            "    except DataError: pass\n"
            "found = {'sklearn', 'polars', 'PIL', 'pooch', 'fastexcel', 'scipy'} & set(sys.modules)\n"
            "sys.exit(', '.join(sorted(found)) or 0)")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
