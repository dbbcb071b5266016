"""California housing is read from files that people have."""
from __future__ import annotations

import gzip

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.datasets import DATASETS, prepare
from core.errors import DataError
from tests.core.datasets._housing import as_text, original, write_archive

Housing = DATASETS["california_housing"]
NAMES = ("MedInc", "HouseAge", "AveRooms", "AveBedrms", "Population", "AveOccup", "Latitude", "Longitude")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder where it is looked for first; nothing else can be found."""
    monkeypatch.setenv("LAYERLOOM_DATA", str(tmp_path))
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(tmp_path / "learned"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    place = tmp_path / "california_housing"
    place.mkdir()
    return place


@pytest.fixture(scope="module")
def whole():
    return as_text(original())


def expected():
    """What scikit-learn makes of the original columns, written out by hand."""
    t = original().astype(float)
    x = np.stack([t[:, 7], t[:, 2], t[:, 3] / t[:, 6], t[:, 4] / t[:, 6], t[:, 5], t[:, 5] / t[:, 6], t[:, 1],
                  t[:, 0]], axis=1)
    return x.astype(np.float32), (t[:, 8:] / 1e5).astype(np.float32)


def check(samples):
    x, y = expected()
    np.testing.assert_allclose(samples.x, x, rtol=1e-6)
    np.testing.assert_allclose(samples.y, y, rtol=1e-6)


def refused():
    with pytest.raises(DataError) as caught:
        prepare(Housing())
    problem = caught.value.problem
    assert problem.param == "source"
    assert "choose Diabetes instead." in problem.hint
    return problem.message


def test_the_names_are_those_of_scikit_learn():
    spec = Housing().spec()
    assert (spec.features, spec.target_names, spec.samples) == (NAMES, ("MedHouseVal",), 20_640)


def test_the_original_archive_is_read(folder, whole):
    write_archive(folder, whole)
    assert Housing().missing() is None
    check(Housing().load(0))


@pytest.mark.parametrize("name", ["cal_housing.data", "CaliforniaHousing/cal_housing.data"])
def test_the_unpacked_archive_is_read(folder, whole, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(whole)
    check(Housing().load(0))


def test_a_table_with_the_names_is_read_whatever_the_order_of_its_columns(folder):
    x, y = expected()
    text = ",".join(("MedHouseVal", *NAMES[::-1])) + "\n" + as_text(np.column_stack([y, x[:, ::-1]]))
    (folder / "california_housing.csv").write_text(text)
    check(Housing().load(0))


def test_scikit_learns_own_folder_is_looked_into(folder, whole, tmp_path):
    write_archive(tmp_path / "learned", whole)
    check(Housing().load(0))


def test_the_pickled_copy_of_scikit_learn_is_never_opened(folder, tmp_path):
    (tmp_path / "learned").mkdir()
    (tmp_path / "learned" / "cal_housing.pkz").write_bytes(b"cos\nsystem\n(S'touch taken'\ntR.")
    assert "was not found in" in refused()


def test_where_to_put_the_file_is_said_before_training_begins(folder):
    with pytest.raises(DataError) as caught:
        Housing().load(0)
    assert Housing().missing() == caught.value.problem
    assert caught.value.problem.hint.startswith(f"Put cal_housing.tgz or california_housing.csv into {folder},")


@pytest.mark.parametrize(("text", "message"), [
    ("", "cannot be read: it is empty."), ("1,2,3\n" * 5, "it has 3 columns instead of 9."),
    ("1,2,3,4,5,6,7,8,9\n" * 5, "holds 5 rows instead of 20,640."),
    ("a,2,3,4,5,6,7,8,9\n", "cannot be read: could not convert"),
    ("1,2,3,4,5,6,7,8,9\n1,2\n", "cannot be read: the number of columns changed"),
    ("1,2,3,4,5,6,0,8,9\n" * 20_640, "holds numbers that are infinite or missing."),
    ("1,2,3,4,5,6,7,nan,9\n" * 20_640, "holds numbers that are infinite or missing.")])
def test_a_damaged_file_is_refused_by_its_path(folder, text, message):
    (folder / "cal_housing.data").write_text(text)
    assert refused().startswith(f"California housing: {folder / 'cal_housing.data'} ")
    assert message in refused()


def test_a_table_without_a_column_is_refused(folder):
    (folder / "california_housing.csv").write_text("MedInc,HouseAge\n1,2\n")
    assert "cannot be read: it has no column AveRooms." in refused()


def test_a_file_with_another_encoding_is_refused(folder):
    (folder / "california_housing.csv").write_bytes("MedInc;Höhe".encode("utf-16"))
    assert "cannot be read: " in refused()


def test_an_archive_that_is_cut_off_or_holds_something_else_is_refused(folder, whole):
    write_archive(folder, whole)
    file = folder / "cal_housing.tgz"
    file.write_bytes(file.read_bytes()[:5000])
    assert "cannot be read: " in refused()
    file.write_bytes(b"no archive")
    assert "cannot be read: " in refused()
    write_archive(folder, "1", member="something.txt")
    assert "cannot be read: " in refused()


def test_an_archive_that_swells_is_refused_before_it_fills_the_memory(folder):
    with gzip.open(folder / "cal_housing.tgz", "wb") as stream:
        for _ in range(40):
            stream.write(bytes(2**20))
    assert "it holds more than 32 MB." in refused()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=200), st.text(alphabet="0123456789.,-e\nnaif", max_size=200).map(str.encode)),
       st.sampled_from(["cal_housing.tgz", "cal_housing.data", "california_housing.csv"]))
def test_nothing_but_a_clean_error_comes_of_a_file_of_rubbish(folder, content, name):
    for file in folder.iterdir():
        file.unlink()
    (folder / name).write_bytes(gzip.compress(content) if content[:1] == b"1" else content)
    assert refused().endswith(".")
