"""What became of the form that somebody wanted to fill in by hand."""

from enum import Enum


class FormState(Enum):
    """What became of the blank form of this visit."""

    NONE = "none"  # nobody wanted one
    PRINTING = "printing"
    OUT = "out"  # the printer said so
    MISSING = "missing"  # not printed, or nobody can be sure: an agent is called
