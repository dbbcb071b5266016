"""Folders of pictures: a folder for every class, perhaps below folders for training and test."""
from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.datasets._pictures import ENDINGS
from core.datasets._survey import known
from core.datasets._task import Task
from core.errors import DataError, Problem

TRAINING = ("train", "training")
VALIDATION = ("validation", "val", "valid", "dev")
TEST = ("test", "testing")
IGNORED = ("thumbs.db", "desktop.ini")
MOST = 2000
EVERY = 1000
PUT = "Put the pictures of every class into a folder of its own, and choose the folder that holds these."


@dataclass(frozen=True, slots=True)
class Listing:
    """What is in a folder, in natural order: names of folders and of pictures, and how many other files."""

    folder: Path
    folders: tuple[str, ...]
    pictures: tuple[str, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes, and for each of the parts the folders with pictures of each class."""

    names: tuple[str, ...]
    training: tuple[tuple[Listing, ...], ...]
    test: tuple[tuple[Listing, ...], ...]


def classes_in(root: Path, title: str) -> Classes:
    """What a folder holds. Goes through `known`, folder by folder. Raises DataError if there are no two classes."""
    (top,) = _listings(title, root, (root,))
    parts = _parts(top)
    outer = _listings(title, root, tuple(path for paths in parts for path in paths)) if parts else ()
    many = len(parts[0]) if parts else 0
    below = [outer[:many], outer[many:]] if parts else [(top,), ()]
    folders = [(part, name, listing.folder / name) for part, found in enumerate(below) for listing in found
               for name in listing.folders]
    if len(folders) > MOST:
        raise _refusal(f"The folder {root} holds more than {MOST:,} folders, which is more than classes can be", PUT)
    listings = _listings(title, root, tuple(path for *_, path in folders))
    training: dict[str, list[Listing]] = {}
    test: dict[str, list[Listing]] = {}
    for (part, name, _), listing in zip(folders, listings, strict=True):
        if listing.pictures:
            (test if part else training).setdefault(name, []).append(listing)
        elif listing.others:
            raise _refusal(f"The folder {listing.folder} holds no pictures that can be read", _formats())
    return _checked(root, top, training, test)


def _checked(root: Path, top: Listing, training: dict[str, list[Listing]], test: dict[str, list[Listing]]) -> Classes:
    names = tuple(sorted(training, key=natural))
    if not names and top.pictures:
        raise _refusal(f"The folder {root} holds pictures, but no folders that tell their class", PUT)
    if not names:
        raise _refusal(f"The folder {root} holds no folders with pictures", PUT)
    if len(names) == 1:
        raise _refusal(f'The folder {root} holds pictures of one class only, "{names[0]}"', PUT)
    if strange := next((name for name in test if name not in training), None):
        raise _refusal(f'The folder {test[strange][0].folder} is of the class "{strange}", of which there are no '
                       "pictures to train on", "Add some, or remove the folder.")
    return Classes(names, tuple(tuple(training[name]) for name in names),
                   tuple(tuple(test.get(name, ())) for name in names) if test else ())


def natural(name: str) -> tuple[tuple[bool, int, str], ...]:
    """Sorts "2" before "10"."""
    return (*((word.isdecimal(), int(word) if word.isdecimal() else 0, word.casefold())
              for word in re.split(r"(\d+)", name)[:50]), (False, 0, name))


def _parts(top: Listing) -> tuple[tuple[Path, ...], tuple[Path, ...]] | None:
    """The folders for training, which is what is not for test, and those for test; None if there are none such."""
    found = {name.lower(): top.folder / name for name in top.folders}
    first = [found[name] for name in TRAINING if name in found]
    later = [found[name] for name in VALIDATION if name in found]
    test = [found[name] for name in TEST if name in found]
    if not first or not (later or test):
        return None
    return tuple(first + later), tuple(test)


def _listings(title: str, root: Path, folders: tuple[Path, ...]) -> tuple[Listing, ...]:
    files = tuple(map(str, folders))
    return known(title, ("pictures", str(root), files), files, lambda task: tuple(_read(root, folders, task)))


def _read(root: Path, folders: Iterable[Path], task: Task) -> Iterator[Listing]:
    real = os.path.realpath(root)
    for folder in folders:
        task.tell(f"Looking through {folder.name}")
        yield _list(folder, real, task)


def _list(folder: Path, root: str, task: Task) -> Listing:
    folders, pictures, others = [], [], 0
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if not number % EVERY:
                    task.tell()
                name = entry.name
                if name.startswith(".") or name.lower() in IGNORED or _outside(entry, root):
                    continue
                if entry.is_dir():
                    folders.append(name)
                elif name.lower().endswith(ENDINGS) and entry.is_file():
                    pictures.append(name)
                else:
                    others += 1
    except FileNotFoundError:
        raise _refusal(f"The folder {folder} was not found", "Choose the folder anew.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _refusal(f"The folder {folder} cannot be read: {reason}", "Choose another folder.") from None
    return Listing(folder, tuple(sorted(folders, key=natural)), tuple(sorted(pictures, key=natural)), others)


def _outside(entry: os.DirEntry[str], root: str) -> bool:
    """True for a symbolic link that leads out of the folder, or round in a circle."""
    if not entry.is_symlink():
        return False
    real = os.path.realpath(entry.path)
    return os.path.commonpath([real, root]) != root or not os.path.exists(real)


def _formats() -> str:
    names = "PNG, JPEG, BMP, GIF, WebP and TIFF"
    return f"{names} can be read: convert the files, or remove the folder."


def _refusal(what: str, hint: str) -> DataError:
    return DataError(Problem("data.folder", f"{what}.", param="source", hint=hint))
