"""Texts of one's own, in a folder for each class."""
from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

import numpy as np

from core.datasets._files import expanded
from core.datasets._survey import at_work
from core.datasets._table import TableDataset
from core.datasets._text_folders import ENDINGS, PARTS, Texts, read_text, texts_in
from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Path
from core.preprocessing import Column, Columns, ColumnSpec, Specs

GLANCE, FOLDERS = 50, 20


class TextFolder(TableDataset):
    """Text files (.txt) in folders that are named after their classes.

    Columns: "text"; "class", the name of the folder; and, if these folders lie below others that are called train and
    test, "part", the name of that one, by which the samples can be split. Encodings are found out: UTF-8, UTF-16 with
    its mark, or that of Windows. Links out of the folder are left out. Errors: DataError if there are no two classes,
    or if a file is no text, is gone or has more than 4 MB.
    """

    info = Info("text_folder", "Text folders", "Your own texts, in a folder for each class", category="Your own",
                icon="column-text",
                keywords=("text", "txt", "documents", "reviews", "classes", "directory", "language"))
    path = Path(what="folder", label="Folder", doc="The folder that holds a folder of .txt files for each class.")

    @classmethod
    def takes(cls, path: FilePath) -> Mapping[str, Any] | None:
        try:
            inner = list(_folders(path))
            if all(folder.name.lower() in PARTS for folder in inner):
                inner = [folder for part in inner for folder in _folders(part)]
            found = {folder.name for folder in inner if _has_texts(folder)}
        except OSError:
            return None
        return {"path": str(path)} if len(found) > 1 else None

    def count(self) -> int:
        return self._texts().count

    def columns(self) -> Specs:
        texts = self._texts()
        part = [ColumnSpec("part", "category", "ignore", texts.parts)] if texts.parts else []
        return (ColumnSpec("text", "text"), ColumnSpec("class", "category", "target", texts.classes), *part)

    def table(self, seed: int) -> Columns:
        texts, task, columns = self._texts(), at_work(), self.columns()
        read = np.empty(texts.count, object)
        for number, path in enumerate(_files(texts)):
            if not number % 64:
                task.tell("Reading texts", number / len(read))
            read[number] = read_text(path)
        sizes = [len(listing.texts) for listing, _, _ in texts.folders]
        codes = [[label for _, _, label in texts.folders]]
        codes += [[texts.parts.index(part) for _, part, _ in texts.folders]] if texts.parts else []
        values = [read, *(np.repeat(np.array(each, np.int32), sizes) for each in codes)]
        return tuple(map(Column, columns, values))

    def _texts(self) -> Texts:
        if not self.path:
            raise DataError(Problem("data.choose", f"{self.info.title}: no folder is chosen yet.", param="source",
                                    hint="Choose the folder that holds a folder of .txt files for each class."))
        return texts_in(expanded(self.path), self.info.title)


def _files(texts: Texts) -> Iterator[FilePath]:
    return (listing.folder / name for listing, _, _ in texts.folders for name in listing.texts)


def _folders(path: FilePath) -> Iterator[FilePath]:
    with os.scandir(path) as entries:
        for entry in islice(entries, FOLDERS):
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                yield FilePath(entry.path)


def _has_texts(path: FilePath) -> bool:
    with os.scandir(path) as entries:
        return any(entry.name.lower().endswith(ENDINGS) for entry in islice(entries, GLANCE))
