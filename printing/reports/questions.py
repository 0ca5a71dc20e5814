"""One question of a report for people: its answer in words, its picture, and the table behind the picture."""

from collections.abc import Mapping, Sequence
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from printing.reports.charts import Bar, numeral, rows, share
from printing.reports.look import BODY, INK, LINE, QUIET, SECTION, paragraph

PAGE_MM: Final = 173.6  # what the frame of a page leaves
PICTURE_MM: Final = 104.0
_TABLE_MM: Final = 64.0
_MOST_NAMED: Final = 14  # bars of a picture; the table names all
_CELL: Final = ParagraphStyle("cell", parent=BODY, fontSize=8, leading=9.6)


def named(title: str, answer: str, counts: Mapping[str, int], along: str, head: str) -> Flowable:
    """Return a question about named things; those that never happened are in the table alone."""
    total = sum(counts.values())
    picture = rows(bars_of(counts), width=PICTURE_MM * mm, label_width=44 * mm, along=along)
    table = [(words, numeral(number), share(number, total)) for words, number in counts.items()]
    return question(title, answer, picture, (head, along.capitalize(), "Part"), table)


def bars_of(counts: Mapping[str, int]) -> list[Bar]:
    """Return the bars of what happened; of very many the rarest together."""
    seen = [Bar(words, number) for words, number in counts.items() if number]
    if len(seen) <= _MOST_NAMED:
        return seen
    named, others = seen[: _MOST_NAMED - 1], seen[_MOST_NAMED - 1 :]
    return [*named, Bar(f"{len(others)} autres", sum(bar.value for bar in others))]


def question(
    title: str,
    answer: str,
    picture: Flowable,
    heads: Sequence[str],
    table: Sequence[Sequence[str]],
    *,
    first_mm: float = 36.0,
) -> Flowable:
    """Return a question with its answer in words, its picture, and beside it the table behind it.

    Args:
        title: the question.
        answer: one or two sentences.
        picture: at most :data:`PICTURE_MM` wide.
        heads: of the table.
        table: its lines, texts; the first of each may take several lines.
        first_mm: width of the first column; the others share the rest.
    """
    widths = (first_mm, *([(_TABLE_MM - first_mm) / (len(heads) - 1)] * (len(heads) - 1)))
    beside = Table(
        [[picture, table_of(heads, table, widths)]],
        colWidths=[(PAGE_MM - _TABLE_MM) * mm, _TABLE_MM * mm],
        hAlign="LEFT",
    )
    beside.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return KeepTogether([Spacer(0, 4 * mm), paragraph(title, SECTION), paragraph(answer, BODY), beside])


def sentence(title: str, answer: str) -> Flowable:
    """Return a question whose answer needs no picture."""
    return KeepTogether([Spacer(0, 4 * mm), paragraph(title, SECTION), paragraph(answer, BODY)])


def table_of(heads: Sequence[str], lines: Sequence[Sequence[str]], widths_mm: Sequence[float]) -> Table:
    """Return a table whose first column is text and the others are numbers; its heads come again on every page."""
    body = [[paragraph(line[0], _CELL), *line[1:]] for line in lines]
    table = Table([list(heads), *body], colWidths=[width * mm for width in widths_mm], repeatRows=1, hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 7.5),
                ("FONT", (0, 1), (-1, -1), "Helvetica", 8),
                ("TEXTCOLOR", (0, 0), (-1, 0), QUIET),
                ("TEXTCOLOR", (0, 1), (-1, -1), INK),
                ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.25, LINE),
                ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
                ("TOPPADDING", (0, 0), (-1, -1), 1.6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8),
            ]
        )
    )
    return table
