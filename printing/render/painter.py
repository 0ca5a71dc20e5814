"""The thread that paints tickets: one, always the same, kept warm.

Qt keeps opened fonts and shaped letters for each thread: a fresh thread needs 50 ms for its first ticket, this one 20.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from kiosk.translation import SOURCE_LANGUAGE
from printing.document.blocks import Document
from printing.document.sampler import every_sentence
from printing.escpos.bitmap import Bitmap
from printing.render.fonts import load_fonts
from printing.render.paper import Paper
from printing.render.picture import render

# The first time Qt opens the fonts, the second time it fills what it keeps of each letter.
_ROUNDS: Final = 2


class Painter:
    """Paints documents on its own thread; one caller after the other."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ticket-painter")

    def paint(self, document: Document) -> Bitmap:
        """Return a document as dots."""
        return self._thread.submit(render, document, self._paper).result()

    def warm_up(self, languages: Iterable[str] = ()) -> None:
        """Open the fonts and paint every sentence of some languages now; call while nobody waits.

        Raises:
            ConfigurationError: a language without a catalogue, a font file that is missing.
        """
        load_fonts()
        for language in dict.fromkeys((SOURCE_LANGUAGE, *languages)):
            for _ in range(_ROUNDS):
                self.paint(every_sentence(language))

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown()
