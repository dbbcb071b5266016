"""What every registered data set must keep."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.datasets import DATASETS, DataSpec, prepare

KINDS = DATASETS.values()
GENERATED = [kind for kind in KINDS if kind.info.category == "Plane"]
ROOT = Path(__file__).parents[3]


def name(kind):
    return kind.info.kind


@pytest.fixture(params=KINDS, ids=name)
def kind(request):
    return request.param


def same(one, other):
    return one.x.tobytes() == other.x.tobytes() and one.y.tobytes() == other.y.tobytes()


def test_the_catalogue_holds_what_the_program_promises():
    assert set(DATASETS) >= {
        "and", "or", "xor", "line", "circle", "gaussians", "spiral", "moons", "iris", "digits",
        "make_classification", "mnist", "fashion_mnist"}


def test_samples_have_the_shape_and_type_that_the_spec_says(kind):
    spec, samples = kind().spec(), kind().load(0)
    assert samples.x.shape == (len(samples.y), *spec.shape)
    assert samples.x.dtype == np.float32
    assert samples.y.shape == (len(samples.x),)
    assert samples.y.dtype == np.intp
    assert samples.x.flags.c_contiguous


def test_a_test_part_of_its_own_has_the_form_of_the_samples_and_is_announced(kind):
    spec, own = kind().spec(), kind().held_out(0)
    assert (own is None) == (spec.held_out == 0)
    if own is not None:
        assert own.x.shape == (len(own.y), *spec.shape)
        assert (own.x.dtype, own.y.dtype, own.y.ndim) == (np.float32, np.intp, 1)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind().spec().held_out], ids=name)
def test_the_number_of_samples_is_known_without_loading_them(kind):
    assert kind().spec().samples == len(kind().load(0))


def test_every_class_occurs_and_no_other(kind):
    assert set(kind().load(0).y.tolist()) == set(range(len(kind().spec().classes)))


def test_every_column_has_a_name_or_none_has(kind):
    spec = kind().spec()
    assert len(spec.features) in (0, *spec.shape)
    assert len(set(spec.features)) == len(spec.features)
    assert len(set(spec.classes)) == len(spec.classes)


def test_a_picture_has_as_many_pixels_as_a_sample_has_values(kind):
    picture = kind().spec().picture
    assert picture is None or (int(np.prod(picture)),) == kind().spec().shape


def test_every_value_is_finite(kind):
    assert np.isfinite(kind().load(0).x).all()


def test_the_same_seed_gives_the_same_bits(kind):
    assert same(kind().load(7), kind().load(7))


def test_loading_twice_gives_arrays_of_their_own(kind):
    dataset = kind()
    dataset.load(0).x[:] = -1.0
    assert same(dataset.load(0), kind().load(0))


@pytest.mark.parametrize("kind", GENERATED, ids=name)
def test_another_seed_gives_other_points(kind):
    one, other = (kind(noise=0.1).load(seed).x for seed in (1, 2))
    assert not set(map(tuple, one)) & set(map(tuple, other))


@pytest.mark.parametrize("kind", GENERATED, ids=name)
@pytest.mark.parametrize("samples", [2, 3, 501])
def test_as_many_points_come_as_were_asked_for(kind, samples):
    assert len(kind(samples=samples).load(0)) == samples


@pytest.mark.parametrize("kind", GENERATED, ids=name)
def test_classes_are_mixed_so_that_a_plain_cut_holds_both(kind):
    assert set(kind().load(0).y[:20]) == {0, 1}


def test_the_declaration_is_complete(kind):
    info = kind.info
    assert info.title
    assert info.summary[0].isupper() or info.summary[0].isdigit()
    assert not info.summary.endswith(".")
    assert info.category
    assert info.keywords
    assert kind.__doc__


def test_every_parameter_is_explained_in_a_sentence(kind):
    assert [param.name for param in kind.params.values() if not param.doc.endswith(".")] == []


def test_config_makes_an_equal_data_set(kind):
    assert same(kind(**kind().config()).load(3), kind().load(3))


@pytest.mark.parametrize("scaling", ["none", "standardise", "min_max"])
def test_it_can_be_prepared(kind, scaling):
    own = kind().held_out(0)
    parts = prepare(kind(), scaling=scaling, validation=0.25, test=0.0 if own else 0.25)
    assert isinstance(parts.spec, DataSpec)
    assert len(parts.train) + len(parts.validation) + len(parts.test) == len(kind().load(0)) + len(own or ())
    assert all(np.isfinite(part.x).all() for part in (parts.train, parts.validation, parts.test))


def test_describing_all_data_sets_does_not_import_scikit_learn():
    code = ("import sys; from core.datasets import DATASETS\n"
            "for kind in DATASETS.values(): kind().spec(), kind.schema()\n"
            "sys.exit('sklearn' in sys.modules)")
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
