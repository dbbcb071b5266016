"""How much memory is left, as the system tells it."""
from __future__ import annotations

import ctypes
import os
import sys

import pytest

from core.engine import machine

MEMINFO = "MemTotal:       24578312 kB\nMemFree:         1000000 kB\nMemAvailable:   20000000 kB\n"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at files of Linux")


@pytest.fixture
def system(tmp_path, monkeypatch):
    """Folders in place of /proc and /sys/fs/cgroup."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "PROC", tmp_path / "proc")
    monkeypatch.setattr(machine, "CGROUP", tmp_path / "cgroup")
    (tmp_path / "proc" / "self").mkdir(parents=True)
    (tmp_path / "cgroup" / "outer" / "inner").mkdir(parents=True)
    (tmp_path / "proc" / "meminfo").write_text(MEMINFO)
    (tmp_path / "proc" / "self" / "cgroup").write_text("0::/outer/inner\n")
    return tmp_path


def limit(group, most, used, files=0):
    (group / "memory.max").write_text(f"{most}\n")
    (group / "memory.current").write_text(f"{used}\n")
    (group / "memory.stat").write_text(f"anon {used}\ninactive_file {files}\n")


@linux
def test_this_machine_has_some_memory_left_but_no_more_than_it_has():
    assert 0 < machine.free_memory() <= os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def test_linux_tells_what_is_available(system):
    assert machine.free_memory() == 20_000_000 * 1024


def test_a_container_may_leave_less_and_what_files_take_counts_as_free(system):
    limit(system / "cgroup" / "outer" / "inner", 1_000_000, 400_000, files=100_000)
    assert machine.free_memory() == 700_000


def test_the_tightest_of_nested_limits_counts(system):
    limit(system / "cgroup" / "outer" / "inner", 9_000_000, 0)
    limit(system / "cgroup" / "outer", 5_000_000, 2_000_000)
    assert machine.free_memory() == 3_000_000


def test_a_group_beyond_its_limit_has_nothing_left(system):
    limit(system / "cgroup" / "outer", 100, 200)
    assert machine.free_memory() == 0


def test_a_group_without_a_limit_limits_nothing(system):
    limit(system / "cgroup" / "outer", "max", 200)
    assert machine.free_memory() == 20_000_000 * 1024


@pytest.mark.parametrize("text", ["", "MemAvailable: many kB\n", "MemAvailable:\n"])
def test_files_that_cannot_be_understood_are_passed_over(system, text, monkeypatch):
    (system / "proc" / "meminfo").write_text(text)
    monkeypatch.setattr(machine, "_physical", lambda: 42)
    assert machine.free_memory() == 42


def test_without_such_files_all_physical_memory_counts(system, monkeypatch):
    (system / "proc" / "meminfo").unlink()
    monkeypatch.setattr(os, "sysconf", {"SC_PHYS_PAGES": 100, "SC_PAGE_SIZE": 4096}.get, raising=False)
    assert machine.free_memory() == 409_600


def test_where_nobody_knows_nothing_is_claimed(system, monkeypatch):
    (system / "proc" / "meminfo").unlink()

    def unknown(_):
        raise ValueError("unrecognized configuration name")

    monkeypatch.setattr(os, "sysconf", unknown, raising=False)
    assert machine.free_memory() is None


class Kernel32:
    """Stands in for the library of Windows."""

    def __init__(self, told):
        self.told = told

    def GlobalMemoryStatusEx(self, pointer):
        status = pointer._obj
        assert status.length == ctypes.sizeof(status) == 64
        status.total, status.free = 8000, 5000
        return self.told


@pytest.mark.parametrize(("told", "free"), [(1, 5000), (0, None)])
def test_windows_is_asked_for_the_available_physical_memory(monkeypatch, told, free):
    library = type("Windll", (), {"kernel32": Kernel32(told)})
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", library, raising=False)
    assert machine.free_memory() == free
