"""What houses cost in California, block by block."""
from __future__ import annotations

import gzip
import io
import os
import tarfile
import zlib
from pathlib import Path
from typing import IO

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.datasets._files import VARIABLE, cache
from core.errors import DataError, Problem
from core.kinds import Info

FEATURES = ("MedInc", "HouseAge", "AveRooms", "AveBedrms", "Population", "AveOccup", "Latitude", "Longitude")
TARGET = "MedHouseVal"
ROWS = 20_640
ARCHIVE, MEMBER, TABLE = "cal_housing.tgz", "CaliforniaHousing/cal_housing.data", "california_housing.csv"
NAMES = (ARCHIVE, MEMBER, "cal_housing.data", TABLE)
LARGEST = 32 * 2**20


class CaliforniaHousing(Dataset):
    """20,640 blocks of houses in the census of 1990; the target is their median value in 100,000 dollars.

    The columns are those that scikit-learn makes of the original ones, under its names. Looked for is the original
    cal_housing.tgz or what it holds, or california_housing.csv, a table with these columns and MedHouseVal, in the
    folder california_housing under LAYERLOOM_DATA or in the user's cache, and in scikit-learn's data folder. The
    pickled copy that scikit-learn keeps is not read. Nothing is downloaded.

    Shapes: x (20640, 8); y (20640, 1). Errors: DataError if no file is there, or it is damaged.

    Source: Pace & Barry 1997, Sparse spatial autoregressions.
    """

    info = Info("california_housing", "California housing", "House values of 20,640 blocks, from your own file",
                category="Classics", keywords=("regression", "houses", "prices", "census", "pace", "barry", "tabular"))

    def spec(self) -> DataSpec:
        return DataSpec((8,), FEATURES, samples=ROWS, target_names=(TARGET,))

    def missing(self) -> Problem | None:
        try:
            _found()
        except DataError as error:
            return error.problem
        return None

    def load(self, seed: int) -> Samples:
        file = _found()
        try:
            table = _table(file)
        except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, KeyError) as error:
            raise _refusal(file, f"cannot be read: {_reason(error)}") from None
        if len(table) != ROWS:
            raise _refusal(file, f"holds {len(table):,} rows instead of {ROWS:,}")
        if not np.isfinite(table).all():
            raise _refusal(file, "holds numbers that are infinite or missing")
        return Samples(np.ascontiguousarray(table[:, :8], np.float32), table[:, 8:].astype(np.float32))


def _places() -> tuple[Path, ...]:
    kind, named = CaliforniaHousing.info.kind, os.environ.get(VARIABLE)
    learned = os.environ.get("SCIKIT_LEARN_DATA", os.path.join("~", "scikit_learn_data"))
    own = (Path(named) / kind,) if named else ()
    return (*own, cache(kind), Path(os.path.expanduser(learned)))


def _found() -> Path:
    places = _places()
    for place in places:
        for name in NAMES:
            if (place / name).is_file():
                return place / name
    message = f"California housing: {ARCHIVE} was not found in {' or '.join(map(str, places))}."
    raise DataError(Problem("data.missing", message, param="source",
                            hint=f"Put {ARCHIVE} or {TABLE} into {places[0]}, or choose Diabetes instead."))


def _table(file: Path) -> np.ndarray:
    """Inputs and target (rows, 9) as they are given out."""
    text = _contents(file).decode("utf-8-sig")
    if file.name != TABLE:
        return _averaged(_numbers(text))
    names, _, rest = text.partition("\n")
    columns = [name.strip() for name in names.split(",")]
    if lacking := [name for name in (*FEATURES, TARGET) if name not in columns]:
        raise ValueError(f"it has no column {lacking[0]}")
    return _numbers(rest)[:, [columns.index(name) for name in (*FEATURES, TARGET)]]


def _averaged(table: np.ndarray) -> np.ndarray:
    """The original columns (rows, 9) as scikit-learn combines them."""
    if table.shape[1] != 9:
        raise ValueError(f"it has {table.shape[1]} columns instead of 9")
    longitude, latitude, age, rooms, bedrooms, people, households, income, value = table.T
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.column_stack([income, age, rooms / households, bedrooms / households, people, people / households,
                                latitude, longitude, value / 100_000])


def _numbers(text: str) -> np.ndarray:
    if not text.strip():
        raise ValueError("it is empty")
    return np.loadtxt(io.StringIO(text), delimiter=",", ndmin=2, comments=None)


def _contents(file: Path) -> bytes:
    if file.name != ARCHIVE:
        with file.open("rb") as stream:
            return _bounded(stream)
    with gzip.open(file) as unzipped:
        inside = io.BytesIO(_bounded(unzipped))
    with tarfile.open(fileobj=inside, mode="r:") as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            raise ValueError(f"{MEMBER} in it is no file")
        return member.read()


def _bounded(stream: IO[bytes] | gzip.GzipFile) -> bytes:
    raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise ValueError(f"it holds more than {LARGEST // 2**20} MB")
    return raw


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or (error.args[0] if error.args else "")
    return str(text).strip().rstrip(".")[:200] or "it ends too early"


def _refusal(file: Path, what: str) -> DataError:
    return DataError(Problem("data.file", f"California housing: {file} {what}.", param="source",
                             hint="Replace it by the original file, or choose Diabetes instead."))
