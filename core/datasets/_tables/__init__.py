"""Reading tables from files: delimited text, Parquet, Excel workbooks and JSON lines."""
from core.datasets._tables.formats import ENDINGS, sniff_kind
from core.datasets._tables.options import Options
from core.datasets._tables.tables import Summary, read_table, summary

__all__ = ["ENDINGS", "Options", "Summary", "read_table", "sniff_kind", "summary"]
