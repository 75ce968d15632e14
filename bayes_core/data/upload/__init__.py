"""What the reader brings: any file or paste as a table, a table as a data set, with an account of every row."""

from bayes_core.data.upload.account import Account, LeftOut
from bayes_core.data.upload.columns import Column
from bayes_core.data.upload.decode import MOST_BYTES
from bayes_core.data.upload.export import as_csv, dataset_as_csv
from bayes_core.data.upload.links import as_link, from_link
from bayes_core.data.upload.placing import as_placing, placed_by
from bayes_core.data.upload.prepare import prepare
from bayes_core.data.upload.prepared import Made, Prepared
from bayes_core.data.upload.problems import Problem, Remedy
from bayes_core.data.upload.reading import Reading
from bayes_core.data.upload.records import MOST_COLUMNS, MOST_ROWS
from bayes_core.data.upload.sample import Sample, sampled
from bayes_core.data.upload.scaling import Scaling
from bayes_core.data.upload.table import Table, read

LIMITS = f"at most {MOST_BYTES // 1_000_000} MB, {MOST_ROWS:,} rows and {MOST_COLUMNS} columns"

__all__ = [
    "LIMITS",
    "MOST_BYTES",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Account",
    "Column",
    "LeftOut",
    "Made",
    "Prepared",
    "Problem",
    "Reading",
    "Remedy",
    "Sample",
    "Scaling",
    "Table",
    "as_csv",
    "as_link",
    "as_placing",
    "dataset_as_csv",
    "from_link",
    "placed_by",
    "prepare",
    "read",
    "sampled",
]
