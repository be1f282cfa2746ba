"""Disputes as a person would lay them out: the question, each answer with who gives it and when, in
their words, and how many independent voices stand behind it."""

from sayso.export.disputes.layout import Answered, LaidOut, Quoted, lay_out
from sayso.export.disputes.markdown import markdown
from sayso.export.disputes.order import VERDICTS, in_order, is_about
from sayso.export.disputes.rows import DISPUTE_COLUMNS, dispute_rows

__all__ = [
    "DISPUTE_COLUMNS",
    "VERDICTS",
    "Answered",
    "LaidOut",
    "Quoted",
    "dispute_rows",
    "in_order",
    "is_about",
    "lay_out",
    "markdown",
]
