"""From columns to what a network takes, step by step. A new file here is a new step everywhere."""
from core.preprocessing._base import STEPS, Explained, Fitted, OnColumns, Step, Target
from core.preprocessing._blocks import blocks
from core.preprocessing._chain import Chain, Outcome, assemble, fit, infer, of_stage, unmended
from core.preprocessing._columns import Column, ColumnKind, Columns, ColumnSpec, Role, Specs, rows, specs
from core.preprocessing._words import Vocabulary, vocabularies
from core.registry import discover

discover(__name__)

__all__ = [
    "STEPS",
    "Chain",
    "Column",
    "ColumnKind",
    "ColumnSpec",
    "Columns",
    "Explained",
    "Fitted",
    "OnColumns",
    "Outcome",
    "Role",
    "Specs",
    "Step",
    "Target",
    "Vocabulary",
    "assemble",
    "blocks",
    "fit",
    "infer",
    "of_stage",
    "rows",
    "specs",
    "unmended",
    "vocabularies",
]
