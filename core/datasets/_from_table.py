"""What data sets share that are read from a table file."""
from __future__ import annotations

from core.datasets._base import Dataset
from core.datasets._notes import Note
from core.datasets._tables import ENDINGS, Options, Summary, summary
from core.datasets._tables.options import DECIMALS, DELIMITERS, ENCODINGS, HEADERS, TYPES
from core.params import Choice, Labels, Names, Path, Text


class FromTable(Dataset):
    """A data set that is read from a table file. Errors: DataError naming the file and the line."""

    path = Path(label="File", endings=ENDINGS, doc="The file: CSV, TSV, Excel, Parquet or JSON lines; packed with gzip "
                "as well.")
    types = Labels(options=TYPES, doc="The type of a column, where the guess is wrong.")
    delimiter = Choice(default="auto", options=DELIMITERS, advanced=True, label="Between values",
                       doc="The mark between two values of a line of text.")
    decimal = Choice(default="auto", options=DECIMALS, advanced=True, label="Decimals",
                     doc="How numbers with decimals are written.")
    encoding = Choice(default="auto", options=ENCODINGS, advanced=True,
                      doc="How letters are written as bytes; it is wrong if umlauts and accents look odd.")
    header = Choice(default="auto", options=HEADERS, advanced=True, label="Heading",
                    doc="Whether the first line names the columns.")
    sheet = Text(advanced=True, special="the first one", doc="The name or the number of the sheet of a workbook.")
    missing_words = Names(advanced=True, special="the usual words", label="Missing values",
                          doc="Further words that mean that a value is missing, beside NA, NaN, null, ? and -.")

    @property
    def options(self) -> Options:
        """How the file is to be read."""
        return Options(self.path, self.types, self.delimiter, self.decimal, self.encoding, self.header, self.sheet,
                       self.missing_words)

    def summary(self) -> Summary:
        """What is known of the file. Raises DataError."""
        return summary(self.info.title.partition(" (")[0], self.options)

    def notes(self) -> tuple[Note, ...]:
        return self.summary().notes
