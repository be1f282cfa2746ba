"""A ledger as one self-contained HTML page."""

from sayso.export.report.page import render, write_report
from sayso.export.report.view import Limits, ReportView

__all__ = ["Limits", "ReportView", "render", "write_report"]
