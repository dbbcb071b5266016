import os
import sys

import pytest

from core.cli import _blas

GOOD = "processor\t: 0\nvendor_id\t: {vendor}\nflags\t\t: fpu avx2 {flags}\n\nprocessor\t: 1\nvendor_id\t: Other\n"
ALL = "avx512f avx512bw avx512dq avx512vl"


def cpu(tmp_path, vendor="AuthenticAMD", flags=ALL):
    path = tmp_path / "cpuinfo"
    path.write_text(GOOD.format(vendor=vendor, flags=flags))
    return path


@pytest.fixture
def fresh(monkeypatch):
    """As before NumPy is imported, with nothing chosen."""
    monkeypatch.setenv(_blas.VARIABLE, "")
    monkeypatch.delenv(_blas.VARIABLE)
    monkeypatch.delitem(sys.modules, "numpy", raising=False)


def test_an_amd_processor_with_avx_512_gets_the_kernels_for_it(fresh, tmp_path):
    _blas.choose_kernels(cpu(tmp_path))
    assert os.environ[_blas.VARIABLE] == "SkylakeX"


@pytest.mark.parametrize("other", [{"vendor": "GenuineIntel"}, {"flags": "avx512f avx512bw avx512dq"}, {"flags": ""}])
def test_other_processors_are_left_to_openblas(fresh, tmp_path, other):
    _blas.choose_kernels(cpu(tmp_path, **other))
    assert _blas.VARIABLE not in os.environ


def test_what_the_user_chose_stands(fresh, tmp_path, monkeypatch):
    monkeypatch.setenv(_blas.VARIABLE, "Haswell")
    _blas.choose_kernels(cpu(tmp_path))
    assert os.environ[_blas.VARIABLE] == "Haswell"


def test_nothing_is_set_once_numpy_is_there(fresh, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", object())
    _blas.choose_kernels(cpu(tmp_path))
    assert _blas.VARIABLE not in os.environ


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe no colon\nflags"])
def test_a_system_that_does_not_tell_is_left_alone(fresh, tmp_path, content):
    path = tmp_path / "cpuinfo"
    if content is not None:
        path.write_bytes(content)
    _blas.choose_kernels(path)
    assert _blas.VARIABLE not in os.environ
