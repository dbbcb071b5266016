"""Folders of texts: a folder for every class, perhaps below folders for training and test."""
from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.datasets._class_folders import natural
from core.datasets._survey import known
from core.datasets._task import Task
from core.errors import DataError, Problem

ENDINGS = (".txt", ".text")
PARTS = ("train", "training", "validation", "valid", "val", "dev", "test", "testing")
IGNORED = ("thumbs.db", "desktop.ini")
CLASSES, FILES = 1000, 1_000_000
EVERY = 1000
# Bytes of all texts, and of one.
LARGEST, LONGEST = 1 << 30, 1 << 22
PUT = "Put the texts of every class into a folder of its own, and choose the folder that holds these."


@dataclass(frozen=True, slots=True)
class Listing:
    """What is in a folder, in natural order: names of folders and of texts, how many bytes these have, and how many
    links lead elsewhere."""

    folder: Path
    folders: tuple[str, ...]
    texts: tuple[str, ...]
    size: int = 0
    links: int = 0


@dataclass(frozen=True, slots=True)
class Texts:
    """The names of classes, and for each folder with texts which part it is of, if it says so, and which class."""

    classes: tuple[str, ...]
    folders: tuple[tuple[Listing, str, int], ...]

    @property
    def count(self) -> int:
        """How many texts there are."""
        return sum(len(listing.texts) for listing, _, _ in self.folders)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the parts, in the order of their folders; none if there are no parts."""
        return tuple(dict.fromkeys(part for _, part, _ in self.folders if part))


def texts_in(root: Path, title: str) -> Texts:
    """What a folder holds. Goes through `known`, level by level. Raises DataError if there are no two classes."""
    (top,) = _listings(title, root, (root,))
    parts = _parts(top)
    outer = _listings(title, root, tuple(root / part for part in parts)) if parts else (top,)
    places = [(part, name, listing.folder / name) for part, listing in zip(parts or ("",), outer, strict=True)
              for name in listing.folders]
    if len(places) > CLASSES:
        raise _refusal(f"The folder {root} holds more than {CLASSES:,} folders, which is more than classes can be", PUT)
    listings = _listings(title, root, tuple(path for *_, path in places))
    found = [(listing, part, name) for (part, name, _), listing in zip(places, listings, strict=True) if listing.texts]
    names = tuple(sorted({name for _, _, name in found}, key=natural))
    if len(names) < 2:
        raise _too_few(root, names, (top, *outer, *listings))
    texts = Texts(names, tuple((listing, part, names.index(name)) for listing, part, name in found))
    _bound(root, texts)
    return texts


def read_text(path: Path) -> str:
    """A text of any usual encoding: what its first bytes say, else UTF-8, else Windows. Raises DataError."""
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _refusal(f"The text {path} cannot be read: {reason}", "Choose the folder anew.") from None
    if len(raw) > LONGEST:
        raise _refusal(f"The text {path} has more than {LONGEST >> 20} MB", "Cut it into shorter texts, or remove it.")
    text = _decoded(raw)
    if text is None or "\0" in text:
        raise _refusal(f"The file {path} is no text", "Remove it, or save it as text in UTF-8.")
    return text


def _decoded(raw: bytes) -> str | None:
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _parts(top: Listing) -> tuple[str, ...]:
    """The folders for training, validation and test, if there are at least two and no others."""
    found = tuple(name for name in top.folders if name.lower() in PARTS)
    return found if len(found) > 1 and len(found) == len(top.folders) else ()


def _too_few(root: Path, names: tuple[str, ...], seen: tuple[Listing, ...]) -> DataError:
    if names:
        return _refusal(f'The folder {root} holds texts of one class only, "{names[0]}"', PUT)
    if seen[0].texts:
        return _refusal(f"The folder {root} holds texts, but no folders that tell their class", PUT)
    if any(listing.links for listing in seen):
        return _refusal(f"The folder {root} holds links only that lead out of it, and these are not followed",
                        "Copy the texts into the folder.")
    return _refusal(f"The folder {root} holds no folders with texts ({', '.join(ENDINGS)})", PUT)


def _bound(root: Path, texts: Texts) -> None:
    size = sum(listing.size for listing, _, _ in texts.folders)
    if texts.count > FILES:
        raise _refusal(f"The folder {root} holds {texts.count:,} texts, and more than {FILES:,} are not taken",
                       "Choose a folder with fewer texts.")
    if size > LARGEST:
        raise _refusal(f"The texts in {root} have {size >> 20:,} MB, and more than {LARGEST >> 20:,} MB are not taken",
                       "Choose a folder with fewer texts.")


def _listings(title: str, root: Path, folders: tuple[Path, ...]) -> tuple[Listing, ...]:
    files = tuple(map(str, folders))
    return known(title, ("texts", str(root), files), files, lambda task: tuple(_read(root, folders, task)))


def _read(root: Path, folders: tuple[Path, ...], task: Task) -> Iterator[Listing]:
    real = os.path.realpath(root)
    for number, folder in enumerate(folders):
        task.tell(f"Looking through {folder.name}", number / len(folders))
        try:
            yield _list(folder, real, task)
        except FileNotFoundError:
            raise _refusal(f"The folder {folder} was not found", "Choose the folder anew.") from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise _refusal(f"The folder {folder} cannot be read: {reason}", "Choose another folder.") from None


def _list(folder: Path, root: str, task: Task) -> Listing:
    folders: list[str] = []
    texts: list[str] = []
    size = links = 0
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if not number % EVERY:
                task.tell()
            if entry.name.startswith(".") or entry.name.lower() in IGNORED:
                continue
            if _leads_out(entry, root):
                links += 1
            elif entry.is_dir():
                folders.append(entry.name)
            elif entry.name.lower().endswith(ENDINGS) and entry.is_file():
                texts.append(entry.name)
                size += entry.stat().st_size
    return Listing(folder, tuple(sorted(folders, key=natural)), tuple(sorted(texts, key=natural)), size, links)


def _leads_out(entry: os.DirEntry[str], root: str) -> bool:
    """True for a symbolic link that leads out of the folder, to nothing, or round in a circle."""
    if not entry.is_symlink():
        return False
    real = os.path.realpath(entry.path)
    return not os.path.exists(real) or Path(root) not in Path(real).parents


def _refusal(what: str, hint: str) -> DataError:
    return DataError(Problem("data.folder", f"{what}.", param="source", hint=hint))
