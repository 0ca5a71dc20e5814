"""How staff reports look: ReportLab's own Helvetica, A4, one ink, pages numbered at the foot."""

from collections.abc import Sequence
from html import escape
from io import BytesIO
from typing import Final

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

INK: Final = colors.HexColor("#16213a")
QUIET: Final = colors.HexColor("#44506a")
LINE: Final = colors.HexColor("#c8cdd8")
BAND: Final = colors.HexColor("#f2f4f8")
MARGIN: Final = 16 * mm

BODY: Final = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=12, textColor=INK)
SMALL: Final = ParagraphStyle("small", parent=BODY, fontSize=7.5, leading=10, textColor=QUIET)
HEADING: Final = ParagraphStyle("heading", parent=BODY, fontName="Helvetica-Bold", fontSize=18, leading=22)
SECTION: Final = ParagraphStyle("section", parent=BODY, fontName="Helvetica-Bold", fontSize=11, leading=16)
CODE: Final = ParagraphStyle("code", parent=BODY, fontName="Courier", fontSize=8, leading=11)


def paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    """Return a paragraph that takes no markup: what an office or a person typed is printed as it is."""
    return Paragraph(escape(text, quote=False), style)


def grouped(text: str) -> str:
    """Return letters in groups of four, as a person compares them."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def listing(rows: Sequence[Sequence[object]], widths_mm: Sequence[float], *styles: tuple[object, ...]) -> Flowable:
    """Return rows under headings, which come again on each page.

    Args:
        rows: the headings first.
        widths_mm: of the columns.
        styles: ReportLab's commands, beyond the look of every list.
    """
    table = Table(rows, colWidths=[width * mm for width in widths_mm], repeatRows=1)
    look = [
        ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 8),
        ("FONT", (0, 1), (-1, -1), "Helvetica", 8),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, LINE),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, BAND]),
        ("TOPPADDING", (0, 0), (-1, -1), 2.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2),
    ]
    table.setStyle(TableStyle([*look, *styles]))
    return table


def report_pdf(title: str, author: str, parts: Sequence[Flowable], *, is_wide: bool = False) -> bytes:
    """Return a report as the bytes of a PDF file, A4; the same parts give the same bytes.

    Args:
        title: of the document; at the foot of each page, so that a loose sheet says where it belongs.
        author: who answers for it.
        parts: what it says.
        is_wide: pages lie on their long side.
    """
    buffer = BytesIO()
    template = SimpleDocTemplate(
        buffer,
        pagesize=landscape(A4) if is_wide else A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title,
        author=author,
        creator="Borne",
        invariant=1,
        lang="fr",
    )
    template.build(list(parts), canvasmaker=NumberedCanvas)
    return buffer.getvalue()


class NumberedCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """Writes the title and « page / pages » at the foot; how many there are is known only at the end."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self._pages: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802  # the name is ReportLab's
        """Keep the page for later."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write the numbers, then the file."""
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self.setFont("Helvetica", 8)
            self.setFillColor(QUIET)
            self.drawString(MARGIN, 9 * mm, str(self._doc.info.title))
            self.drawRightString(self._pagesize[0] - MARGIN, 9 * mm, f"{number} / {len(self._pages)}")
            super().showPage()
        super().save()
