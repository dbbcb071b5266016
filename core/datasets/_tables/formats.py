"""Which kind of table a file holds."""
from __future__ import annotations

from pathlib import Path

TEXT = (".csv", ".tsv", ".tab", ".txt", ".dat", ".data")
JSON = (".jsonl", ".ndjson", ".json")
EXCEL = (".xlsx", ".xlsm", ".xls")
PARQUET = (".parquet", ".pq")
ENDINGS = (*TEXT, ".csv.gz", ".tsv.gz", *JSON, ".jsonl.gz", *EXCEL, *PARQUET)
STARTS = {b"PAR1": "parquet", b"PK\x03\x04": "excel", b"\xd0\xcf\x11\xe0": "excel"}
KINDS = {TEXT: "csv", JSON: "jsonl", EXCEL: "excel", PARQUET: "parquet"}
LOOKED_AT = 4096
GZIP = b"\x1f\x8b"


def sniff_kind(path: str | Path) -> str:
    """"csv", "parquet", "excel" or "jsonl", by the ending and the first bytes; "" for what is no table.

    Cheap; also "" for a file that cannot be read.
    """
    place = Path(path)
    try:
        # A pipe would make the reader wait.
        if not place.is_file():
            return ""
        with place.open("rb") as file:
            head = file.read(LOOKED_AT)
    except (OSError, ValueError):
        return ""
    return kind_of(head, place.name)


def kind_of(head: bytes, name: str) -> str:
    """The kind of a file with such a name that begins with `head`."""
    plain = name.lower().removesuffix(".gz")
    kind = next((kind for endings, kind in KINDS.items() if plain.endswith(endings)), "")
    shown = next((found for start, found in STARTS.items() if head.startswith(start)), "")
    if shown and (kind or shown == "parquet"):
        return shown
    if kind in ("csv", "jsonl"):
        begun = head.lstrip()
        if plain.endswith(".json") and not head.startswith(GZIP) and not _records(begun):
            return ""
        # Objects in a file that is called .txt are no text either.
        return "jsonl" if kind == "jsonl" or begun[:2] in (b'{"', b"[{") else "csv"
    return kind if shown else ""


def _records(head: bytes) -> bool:
    """True for a list, or for lines that are an object each."""
    return head[:1] == b"[" or head.partition(b"\n")[0].rstrip().endswith(b"}")
