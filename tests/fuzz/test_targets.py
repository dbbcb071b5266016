"""The targets of the fuzzer with a few damages that come at random; the long run is a command of its own."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.__main__ import NAMES
from tests.fuzz.targets import TARGETS

SEEDS = {name: target.seeds() for name, target in TARGETS.items()}
ROOT = Path(__file__).parents[2]


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    """A sound input with a few places changed, cut out or doubled."""
    content = bytearray(draw(st.sampled_from(SEEDS[name])))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(0, len(content) - 1)))
        piece = draw(st.binary(min_size=0, max_size=4))
        gone = draw(st.integers(0, 8))
        content[place : place + gone] = piece
    return bytes(content[: draw(st.integers(0, len(content)))] if draw(st.booleans()) else content)


@pytest.mark.parametrize("name", TARGETS)
def test_sound_input_is_read(name: str) -> None:
    assert SEEDS[name]
    for seed in SEEDS[name]:
        TARGETS[name].run(seed)


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
def test_damaged_input_is_read_or_refused_in_a_sentence(name: str, data: st.DataObject) -> None:
    TARGETS[name].run(data.draw(damaged(name)))


@given(data=st.binary(max_size=200))
def test_anything_at_all_is_read_or_refused_in_a_sentence(data: bytes) -> None:
    for target in TARGETS.values():
        target.run(data)


def test_the_command_knows_all_targets() -> None:
    assert set(NAMES) == set(TARGETS)


def test_the_command_tries_as_many_inputs_as_it_is_told_or_says_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "tests.fuzz", "idx", "--runs", "200"], cwd=tmp_path,
                          env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120, check=False)
    if "atheris is not installed" in done.stderr:
        assert done.returncode == 2
    else:
        assert (done.returncode, list(tmp_path.iterdir())) == (0, [])
        assert "Done 200 in" in done.stderr
