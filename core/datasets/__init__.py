"""Where samples come from, and how they are made ready. A new file here is a new data set everywhere."""
from core.datasets._array_pairs import array_from_file
from core.datasets._base import DATASETS, Dataset, DataSpec, Samples, columns_of, title_of
from core.datasets._download import download, lacking, offered
from core.datasets._files import cache
from core.datasets._glimpse import Bitmap, Glimpse, glimpse
from core.datasets._match import match, typed
from core.datasets._notes import Note, in_force, remarks
from core.datasets._outline import inputs, outline
from core.datasets._parting import split_columns, split_problems
from core.datasets._parts import Parts, describe
from core.datasets._prepare import needless_test, one_hot, prepare
from core.datasets._recipe import FOLDS, SPLITS, Recipe
from core.datasets._roles import ROLES, codes, role_of, single
from core.datasets._sketch import is_picture, picture_from_file, picture_shape, sketched
from core.datasets._sniff import source_for
from core.datasets._sources import SOURCES, Source
from core.datasets._stages import stages
from core.datasets._stamps import stamps
from core.datasets._survey import ReadingError, deferred, forget, known, outdated, survey, working
from core.datasets._table import TableDataset
from core.datasets._task import CancelledError, Task
from core.registry import discover

discover(__name__)

__all__ = [
    "DATASETS",
    "FOLDS",
    "ROLES",
    "SOURCES",
    "SPLITS",
    "Bitmap",
    "CancelledError",
    "DataSpec",
    "Dataset",
    "Glimpse",
    "Note",
    "Parts",
    "ReadingError",
    "Recipe",
    "Samples",
    "Source",
    "TableDataset",
    "Task",
    "array_from_file",
    "cache",
    "codes",
    "columns_of",
    "deferred",
    "describe",
    "download",
    "forget",
    "glimpse",
    "in_force",
    "inputs",
    "is_picture",
    "known",
    "lacking",
    "match",
    "needless_test",
    "offered",
    "one_hot",
    "outdated",
    "outline",
    "picture_from_file",
    "picture_shape",
    "prepare",
    "remarks",
    "role_of",
    "single",
    "sketched",
    "source_for",
    "split_columns",
    "split_problems",
    "stages",
    "stamps",
    "survey",
    "title_of",
    "typed",
    "working",
]
