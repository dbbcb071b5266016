"""How much memory this machine has left."""
from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

PROC = Path("/proc")
CGROUP = Path("/sys/fs/cgroup")


def free_memory() -> int | None:
    """Bytes that can be taken before something has to be moved out of memory; None where nobody knows.

    Linux: what the kernel calls available, or what a container (cgroup version 2) has left if that is less. Windows:
    the available physical memory. Elsewhere: all physical memory, as the part that is in use is not told.
    """
    if sys.platform == "win32":
        return _windows()
    known = [size for size in (_linux(), _container()) if size is not None]
    return min(known) if known else _physical()


def _linux() -> int | None:
    try:
        lines = (PROC / "meminfo").read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError, IndexError, StopIteration):
        return None


def _container() -> int | None:
    """What the limits leave of the group of this process and of those around it."""
    try:
        own = (PROC / "self" / "cgroup").read_text("utf-8").rpartition("0::/")[2].strip()
    except (OSError, ValueError):
        return None
    group = CGROUP / own
    rooms = [_room(place) for place in (group, *group.parents) if place.is_relative_to(CGROUP)]
    return min((room for room in rooms if room is not None), default=None)


def _room(group: Path) -> int | None:
    try:
        limit, used = (int((group / f"memory.{name}").read_text("ascii")) for name in ("max", "current"))
        stat = dict(line.split() for line in (group / "memory.stat").read_text("ascii").splitlines())
        # Files that were read lie in memory until somebody needs it.
        return max(0, limit - used + int(stat["inactive_file"]))
    except (OSError, ValueError, KeyError):
        return None


def _physical() -> int | None:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None


class _Status(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = [("length", ctypes.c_uint32), ("load", ctypes.c_uint32)] + [
        (name, ctypes.c_uint64) for name in ("total", "free", "total_page", "free_page", "total_virtual",
                                             "free_virtual", "free_extended")]


def _windows() -> int | None:
    status = _Status()
    status.length = ctypes.sizeof(status)
    told = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined]
    return int(status.free) if told else None
