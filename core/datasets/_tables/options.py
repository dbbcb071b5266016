"""What a person can say about a file, where it is guessed wrongly."""
from __future__ import annotations

from dataclasses import dataclass

DELIMITERS = {"auto": "Found out", "comma": "Comma", "semicolon": "Semicolon", "tab": "Tab", "pipe": "Vertical bar",
              "space": "Spaces"}
DECIMALS = {"auto": "Found out", "point": "Point: 1.5", "comma": "Comma: 1,5"}
ENCODINGS = {"auto": "Found out", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows, Western (cp1252)",
             "latin-1": "Latin-1", "cp1250": "Windows, Central European (cp1250)",
             "cp1251": "Windows, Cyrillic (cp1251)", "gb18030": "Chinese (GB 18030)",
             "shift_jis": "Japanese (Shift JIS)"}
HEADERS = {"auto": "Found out", "yes": "Yes", "no": "No"}
TYPES = {"number": "Number", "category": "Category", "text": "Text", "date": "Date"}
MISSING = ("", "NA", "N/A", "n/a", "na", "#N/A", "NaN", "nan", "NAN", "null", "NULL", "Null", "?", "-")


@dataclass(frozen=True, slots=True)
class Options:
    """`types` gives the type of a column, by name; `missing` are words that mean a missing value beside the usual."""

    path: str
    types: tuple[tuple[str, str], ...] = ()
    delimiter: str = "auto"
    decimal: str = "auto"
    encoding: str = "auto"
    header: str = "auto"
    sheet: str = ""
    missing: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All words that mean a missing value."""
        return tuple(dict.fromkeys((*MISSING, *self.missing)))
