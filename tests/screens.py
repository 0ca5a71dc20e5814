"""Draw every screen in every language and size, and sheets to compare: ``python -m tests.screens OUT [LANGUAGE...]``.

``OUT/index.html`` shows the sheets: one for each screen and size, all languages side by side. Each picture lies in its
own size beside them, in a folder for each language.
"""

import html
import os
import sys
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt  # the platform is chosen above
from PySide6.QtGui import QColor, QImage, QPainter

from kiosk.translation import languages
from printing.render.fonts import bundled_font
from tests.fakes.page_walks import View, show_every_page
from ui.applicant.window import ApplicantWindow
from ui.composition import gui_application
from ui.kit.comfort import USUAL, Comfort, Contrast, TextSize

SIZES: Final = ((1080, 1920), (1280, 1024), (1920, 1080))
LARGEST: Final = Comfort(TextSize.LARGEST, Contrast.STRONG, is_low=True)
_COLUMNS: Final = 5
_LABEL_PX: Final = 30
_GAP_PX: Final = 12
_WIDTHS: Final = {True: 520, False: 380}  # of one picture on a sheet, wide or upright


class Sheets:
    """Collects small pictures of one view, page by page."""

    def __init__(self, out: Path, view: View) -> None:
        self._out, self._view = out, view
        self._small: dict[str, dict[str, QImage]] = defaultdict(dict)

    def see(self, window: ApplicantWindow, page: str, language: str) -> None:
        """Keep a picture; a :class:`tests.fakes.page_walks.See`."""
        picture = window.grab().toImage()
        folder = self._out / language / self._view.name
        folder.mkdir(parents=True, exist_ok=True)
        picture.save(str(folder / f"{page}.png"))
        width = _WIDTHS[picture.width() > picture.height()]
        self._small[page][language] = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)

    def save(self) -> list[Path]:
        """Write a sheet for each page and return them in the order of a visit."""
        return [self._sheet(page, pictures) for page, pictures in self._small.items()]

    def _sheet(self, page: str, pictures: dict[str, QImage]) -> Path:
        first = next(iter(pictures.values()))
        width, height = first.width() + _GAP_PX, first.height() + _GAP_PX + _LABEL_PX
        rows = -(-len(pictures) // _COLUMNS)
        sheet = QImage(width * min(_COLUMNS, len(pictures)), height * rows, QImage.Format.Format_RGB32)
        sheet.fill(QColor("white"))
        painter = QPainter(sheet)
        painter.setFont(bundled_font(_LABEL_PX * 2 // 3, bold=True))
        for rank, (language, picture) in enumerate(pictures.items()):
            left, top = rank % _COLUMNS * width, rank // _COLUMNS * height
            painter.drawText(left, top + _LABEL_PX * 3 // 4, f"{language} · {languages()[language].own_name}")
            painter.drawImage(left, top + _LABEL_PX, picture)
        painter.end()
        path = self._out / "sheets" / f"{page}-{self._view.name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        sheet.save(str(path))
        return path


def draw_all(out: Path, chosen: tuple[str, ...]) -> None:
    """Draw every page in some languages, at every size and with the largest letters."""
    views = [View(size, USUAL, chosen) for size in SIZES]
    views += [replace(view, comfort=LARGEST) for view in views[:2]]
    index = ["<!doctype html><meta charset=utf-8><title>Borne</title><style>img{max-width:100%}</style>"]
    for view in views:
        sheets = Sheets(out, view)
        with tempfile.TemporaryDirectory() as place:
            show_every_page(view, sheets.see, Path(place))
        index.append(f"<h1>{html.escape(view.name)}</h1>")
        index += [
            f"<h2>{html.escape(path.stem)}</h2><img loading=lazy src='sheets/{html.escape(path.name)}'>"
            for path in sheets.save()
        ]
    (out / "index.html").write_text("\n".join(index) + "\n", encoding="utf-8")


if __name__ == "__main__":
    gui_application()
    draw_all(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens"), tuple(sys.argv[2:]) or tuple(languages()))
