"""Pictures of one's own, in a folder for each class."""
from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.datasets._class_folders import Classes, Listing, classes_in
from core.datasets._files import expanded
from core.datasets._pictures import ENDINGS, FITS, BrokenError, Wanted, picture_size, read_picture
from core.datasets._survey import at_work, known
from core.datasets._task import Task
from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Bool, Choice, Int, Path

WHITE = 255.0
# Numbers: 4 GiB.
LARGEST = 1 << 30
LONGEST = 4096
# What is looked at before a folder is chosen: entries, folders, pictures of each.
GLANCE, FOLDERS, SEEN = 50, 20, 3
# Pictures of different sizes get sides of at most SIDE pixels, and so do those of one size beyond MODEST.
SIDE, MODEST = 64, 128
Files = list[tuple[FilePath, int]]


class ImageFolder(Dataset):
    """Pictures in folders that are named after their classes.

    Below a folder `train` beside one called `test`, the latter is the test part; a folder `validation` beside them
    joins the pictures to train on, of which a share can be held back.

    Shapes: x (n, h, w, 1) if grey, else (n, h, w, 3), or flat if `flatten`, from 0 to 1; y (n,). The size is that of
    the first picture unless it is given. Transparent pixels are white. Links out of the folder are left out. Errors:
    DataError if there are no two classes, if a picture is damaged or gone, or if sizes differ and none is given.
    """

    info = Info("image_folder", "Picture folders", "Your own pictures, in a folder for each class", category="Your own",
                icon="image", keywords=("images", "photos", "png", "jpeg", "classes", "directory", "teachable machine"))
    path = Path(what="folder", label="Folder", doc="The folder that holds a folder of pictures for each class.")
    width = Int(default=0, low=0, high=LONGEST, special="as it is", unit="pixels",
                doc="The width that every picture is brought to; 0 leaves it, or lets it follow the height.")
    height = Int(default=0, low=0, high=LONGEST, special="as it is", unit="pixels",
                 doc="The height that every picture is brought to; 0 leaves it, or lets it follow the width.")
    fit = Choice(default="crop", options=FITS, doc="What is done with a picture that is wider or higher than wanted.")
    grey = Bool(default=False, doc="Take the brightness alone, without colours.")
    flatten = Bool(default=False, doc="Give each picture as one row of numbers.")
    samples = Int(default=0, low=0, high=10_000_000, special="all",
                  doc="Takes only so many pictures to train on, as many of each class as possible; 0 takes all.")
    skip_broken = Bool(default=False, advanced=True, doc="Leave out pictures that cannot be read.")

    @classmethod
    def takes(cls, path: FilePath) -> Mapping[str, Any] | None:
        try:
            found = [some for folder in _folders(path) if (some := _some_pictures(folder))]
        except OSError:
            return None
        return {"path": str(path), **_common_size(found)} if len(found) > 1 else None

    def spec(self) -> DataSpec:
        classes = self._classes()
        width, height = self._size()
        channels = 1 if self.grey else 3
        samples, held_out = _count(classes.training), _count(classes.test)
        samples = min(self.samples or samples, samples)
        numbers = width * height * channels
        if (samples + held_out) * numbers > LARGEST:
            message = f"{samples + held_out:,} pictures of {width} × {height} pixels are too many for the memory."
            raise DataError(Problem("data.large", message, param="source", hint="Set a smaller width and height."))
        if self.flatten:
            return DataSpec((numbers,), classes=classes.names, picture=(height, width) if self.grey else None,
                            samples=samples, held_out=held_out)
        return DataSpec((height, width, channels), classes=classes.names, samples=samples, held_out=held_out)

    def load(self, seed: int) -> Samples:
        return self._read(_some(self._classes().training, self.samples))

    def held_out(self, seed: int) -> Samples | None:
        files = _some(self._classes().test, 0)
        return self._read(files) if files else None

    def _classes(self) -> Classes:
        if not self.path:
            raise DataError(Problem("data.choose", f"{self.info.title}: no folder is chosen yet.", param="source",
                                    hint="Choose the folder that holds a folder of pictures for each class."))
        return classes_in(expanded(self.path), self.title)

    def _size(self) -> tuple[int, int]:
        """The width and height of every picture. Raises DataError."""
        if self.width and self.height:
            return self.width, self.height
        width, height = self._first_size()
        if self.width:
            return self.width, min(LONGEST, max(1, round(self.width * height / width)))
        if self.height:
            return min(LONGEST, max(1, round(self.height * width / height))), self.height
        return width, height

    def _first_size(self) -> tuple[int, int]:
        every = self._classes().training
        files = _some(every, 1)
        path = str(files[0][0])
        # Of many pictures a list is made only where it is needed, as this is asked at every edit.
        return known(self.title, ("size", self.path, path, self.skip_broken), (path,),
                     lambda task: self._look(files + _some(every, 0) if self.skip_broken else files, task))

    def _look(self, files: Files, task: Task) -> tuple[int, int]:
        for path, _ in files:
            task.tell()
            try:
                height, width, _ = read_picture(path, Wanted(self.grey)).shape
                return width, height
            except BrokenError:
                if not self.skip_broken:
                    raise
        raise self._none()

    def _read(self, files: Files) -> Samples:
        task, spec, size = at_work(), self.spec(), self._size()
        resized = bool(self.width or self.height)
        wanted = Wanted(self.grey, size if resized else None, self.fit)
        x, y, kept = np.empty((len(files), *spec.shape), np.float32), np.empty(len(files), np.intp), 0
        shape = (size[1], size[0], 1 if self.grey else 3)
        for number, (path, label) in enumerate(files):
            if not number % 16:
                task.tell("Reading pictures", number / len(files))
            try:
                pixels = read_picture(path, wanted)
            except BrokenError:
                if self.skip_broken:
                    continue
                raise
            if pixels.shape != shape:
                raise _unequal(path, pixels.shape, files[0][0], shape)
            into, factor = x[kept].reshape(shape), 1.0 / WHITE if pixels.dtype == np.uint8 else 1.0
            np.multiply(pixels, np.float32(factor), out=into, casting="unsafe")
            y[kept] = label
            kept += 1
        if not kept:
            raise self._none()
        return Samples(x[:kept], y[:kept])

    def _none(self) -> DataError:
        return DataError(Problem("data.picture", f"None of the pictures in {self.path} can be read.", param="source",
                                 hint="Choose another folder."))


def _count(folders: Sequence[Sequence[Listing]]) -> int:
    return sum(len(listing.pictures) for every in folders for listing in every)


def _some(folders: Sequence[Sequence[Listing]], most: int) -> Files:
    """The pictures of all classes, class by class; if there are to be at most so many, as many of each as possible."""
    counts = [sum(len(listing.pictures) for listing in every) for every in folders]
    shares = _shares(counts, most) if most and most < sum(counts) else counts
    return [(listing.folder / name, label) for label, (every, share) in enumerate(zip(folders, shares, strict=True))
            for listing, name in islice(((one, name) for one in every for name in one.pictures), share)]


def _shares(counts: Sequence[int], most: int) -> list[int]:
    """How many of each class make `most` in all, as equal as the counts allow."""
    shares, left = [0] * len(counts), most
    for place, index in enumerate(sorted(range(len(counts)), key=lambda i: (counts[i], -i))):
        shares[index] = min(counts[index], left // (len(counts) - place))
        left -= shares[index]
    return shares


def _unequal(path: FilePath, shape: tuple[int, ...], first: FilePath, other: tuple[int, ...]) -> DataError:
    message = (f"The picture {path} has {shape[1]} × {shape[0]} pixels, but {first.parent.name}{os.sep}{first.name} "
               f"{other[1]} × {other[0]}.")
    return DataError(Problem("data.sizes", message, param="source",
                             hint="Set Width and Height to bring all to one size."))


def _folders(path: FilePath) -> list[FilePath]:
    """Some of the folders where pictures could be, if this is a folder of them."""
    if not path.is_dir():
        return []
    inner = [one for one in islice(path.iterdir(), GLANCE) if one.is_dir() and not one.name.startswith(".")][:FOLDERS]
    return inner + [two for one in inner if one.name.lower().startswith("train")
                    for two in islice(one.iterdir(), FOLDERS) if two.is_dir()]


def _some_pictures(folder: FilePath) -> list[FilePath]:
    with os.scandir(folder) as entries:
        found = (entry.path for entry in islice(entries, GLANCE) if entry.name.lower().endswith(ENDINGS))
        return [FilePath(path) for path in islice(found, SEEN)]


def _common_size(folders: Sequence[Sequence[FilePath]]) -> dict[str, int]:
    """A width and a height for pictures of different sizes or large ones, as far as a few of them tell: they get the
    form that is in their middle. Nothing for small ones of one size."""
    sizes = [size for pictures in folders for path in pictures if (size := picture_size(path)) is not None]
    if not sizes or (len(set(sizes)) == 1 and max(sizes[0]) <= MODEST):
        return {}
    width, height = np.median(sizes, axis=0)
    share = min(1.0, SIDE / max(width, height))
    return {"width": max(1, round(share * width)), "height": max(1, round(share * height))}
