"""Writing files so that the old one stays whole until the new one is complete."""
from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from core.errors import FormatError, Problem

REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space, or save in another place."),
    errno.EDQUOT: ("your disk quota is used up", "Free some space, or save in another place."),
    errno.EACCES: ("you may not write there", "Save in another folder."),
    errno.EPERM: ("you may not write there", "Save in another folder."),
    errno.EROFS: ("that disk is read-only", "Save in another folder."),
    errno.ENOENT: ("the folder does not exist", "Choose a folder that exists."),
    errno.ENOTDIR: ("the folder does not exist", "Choose a folder that exists."),
    errno.EISDIR: ("there is a folder of that name", "Choose another name."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
}


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Write `data` to a temporary file in the same folder, flush it to the disk, and rename it over `path`.

    Raises FormatError ("file.write") saying why it failed; then `path` is as it was before.
    """
    target = Path(path)
    try:
        _replace(target, data)
    except (OSError, ValueError, RuntimeError) as error:
        raise FormatError(unwritable(target, error)) from None


def unwritable(target: Path, error: Exception) -> Problem:
    """Why `target` could not be written, and what to do. Not every bad name is an OSError."""
    number, text = getattr(error, "errno", None) or 0, getattr(error, "strerror", None) or str(error)
    reason, hint = REASONS.get(number, (text, "Save in another place."))
    kept = ""
    with contextlib.suppress(OSError, ValueError):
        kept = " The file that was there is unchanged." if target.is_file() else ""
    return Problem("file.write", f"{target.name} was not saved: {reason}.{kept}", hint=hint)


def _replace(target: Path, data: bytes) -> None:
    if target.is_dir():
        raise OSError(errno.EISDIR, "is a directory")
    # Through a symbolic link the file that it names is replaced, not the link.
    target = target.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _mode(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
