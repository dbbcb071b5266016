"""From a file to typed columns."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.datasets._survey import known
from core.datasets._tables import values
from core.datasets._tables.collect import CATEGORIES, Dates, Numbers, Odd, Words
from core.datasets._tables.formats import kind_of
from core.datasets._tables.options import Options
from core.datasets._tables.refusal import refuse, shown
from core.datasets._tables.roles import Facts, is_id_name, with_roles
from core.datasets._tables.source import Source
from core.datasets._task import Task
from core.errors import Problem
from core.preprocessing import Column, Columns, ColumnSpec, Specs
