"""The four files of a set in the format of MNIST, told apart by their names."""
from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from core.errors import DataError, Problem

TRAINING = ("pictures", "labels")
TEST = ("test_pictures", "test_labels")
SPOKEN = {"pictures": "training pictures", "labels": "training labels", "test_pictures": "test pictures",
          "test_labels": "test labels"}
MOST = 1000


def files_in(folder: Path) -> dict[str, Path]:
    """The files in a folder by what their names say they hold, one of SPOKEN. Raises DataError if it is not clear."""
    found = candidates(names_in(folder))
    for role, names in found.items():
        if len(names) > 1:
            raise DataError(Problem("data.folder", f"The folder {folder} holds several files of {SPOKEN[role]}: "
                                    f"{names[0]} and {names[1]}.", param="source",
                                    hint="Choose the files one by one, and no folder."))
    lacking = next((role for role in TRAINING if role not in found), None)
    if lacking is not None:
        raise DataError(Problem("data.missing", f"The folder {folder} holds no file of {SPOKEN[lacking]}.",
                                param="source", hint="Choose a folder with files such as train-images-idx3-ubyte and "
                                "train-labels-idx1-ubyte, or choose the files one by one."))
    return {role: folder / names[0] for role, names in found.items()}


def candidates(names: Iterable[str]) -> dict[str, list[str]]:
    """Names of files by what they say of themselves; of a plain file and its .gz only the plain one."""
    every = set(names)
    found: dict[str, list[str]] = {}
    for name in sorted(every):
        plain = name.lower().endswith(".gz") and name[:-3] in every
        if not plain and (role := _role(name.lower())):
            found.setdefault(role, []).append(name)
    return found


def names_in(folder: Path) -> list[str]:
    """The names of the files in a folder, at most a thousand. Raises DataError."""
    names: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file():
                    names.append(entry.name)
                if len(names) >= MOST:
                    break
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(Problem("data.folder", f"The folder {folder} cannot be read: {reason}.", param="source",
                                hint="Choose another folder.")) from None
    return names


def both(files: Mapping[str, Path]) -> bool:
    """True if there is a test part. Raises DataError if half of it or of the training part is missing."""
    for part in (TRAINING, TEST):
        if sum(role in files for role in part) == 1:
            lacking, given = sorted(part, key=lambda role: role in files)
            raise DataError(Problem("data.missing", f"There are {SPOKEN[given]}, but no {SPOKEN[lacking]}.",
                                    param="source", hint=f"Choose the file of {SPOKEN[lacking]} as well."))
    return TEST[0] in files


def _role(name: str) -> str:
    if "idx" not in name and "ubyte" not in name:
        return ""
    what = "pictures" if "image" in name or "picture" in name else "labels" if "label" in name else ""
    if not what:
        return ""
    if "t10k" in name or "test" in name:
        return f"test_{what}"
    return what if "train" in name else ""
