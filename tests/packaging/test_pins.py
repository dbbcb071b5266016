"""The pinned requirements: complete, with hashes, and free of any address."""

import re
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
FILES = ["requirements.txt", "requirements-dev.txt"]


def requirements(name: str) -> list[str]:
    """The requirements of a file, each with its hashes on one line."""
    text = (PACKAGING / name).read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pins(name: str) -> set[str]:
    return {line.split(" --hash=")[0].strip() for line in requirements(name)}


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_exact_and_has_a_hash(name):
    assert requirements(name)
    for line in requirements(name):
        assert re.match(r"[a-z0-9._-]+==\S+( ; [^#]+?)?\s+--hash=sha256:[0-9a-f]{64}\b", line), line


@pytest.mark.parametrize("name", FILES)
def test_no_file_names_an_index_or_an_address(name):
    text = (PACKAGING / name).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"(?m)^\s*(-i|-f|--\S*index\S*|--find-links|--trusted-host)\b", text)


def test_who_develops_has_all_that_who_runs_has():
    assert pins("requirements.txt") <= pins("requirements-dev.txt")


@pytest.mark.parametrize("package", ["pyside6-essentials", "shiboken6"])
def test_python_3_11_stays_below_the_qt_binding_that_aborts_on_it(package):
    found = {}
    for pin in pins("requirements.txt"):
        if pin.startswith(package + "=="):
            version, _, marker = pin.partition("==")[2].partition(" ; ")
            found[marker] = tuple(map(int, version.split(".")))
    assert set(found) == {"python_full_version < '3.12'", "python_full_version >= '3.12'"}
    assert (6, 8) <= found["python_full_version < '3.12'"] < (6, 12)
    assert found["python_full_version >= '3.12'"] >= (6, 8)


def test_the_whole_of_pyside6_is_never_installed():
    assert not {pin for pin in pins("requirements-dev.txt") if re.match(r"pyside6(-addons)?==", pin)}
