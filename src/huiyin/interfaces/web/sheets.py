"""Tables that leave the house as files for spreadsheets, a line at a time."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()


def sheet(name: str, rows: Iterable[list[str]], at: datetime) -> HttpResponse:
    """Answer with a table as `<name>-<day>-<time>.csv`, sent while it is made."""
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localtime(at):%Y%m%d-%H%M}.csv"'
    return response  # type: ignore[return-value]  # a streaming response is answered like any other


def _lines(rows: Iterable[list[str]]) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK  # without it spreadsheets read Chinese as something else
    for row in rows:
        yield _line(row).encode()


class _Line:
    """What a csv writer writes into: keeps the line it was given."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def _line(cells: list[str]) -> str:
    """One line; a cell that a spreadsheet would take for a formula is made text."""
    line = _Line()
    csv.writer(line).writerow([f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in cells])
    return line.text
