"""A ticket to what is sent: the whole as one picture, or hybrid, block by block in the cheaper way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from kiosk.domain.blank_form import BlankForm
from kiosk.domain.missing_papers import MissingPapers
from kiosk.domain.slip import PassageList, Proof
from kiosk.ports.ticket_printer import Paper as SaidPaper
from kiosk.settings import PrinterSettings
from printing.document.blocks import Block, Code, Cut, Document
from printing.document.compose import Extent, compose
from printing.document.compose_missing import compose_missing
from printing.document.compose_slips import compose_passages, compose_proof
from printing.document.form import compose_form
from printing.escpos import native
from printing.escpos.encode import SlipFormat, picture_pieces, portions_of, slip_portions
from printing.escpos.native import Justification
from printing.escpos.profile import PrinterProfile, Rendering, profile_of, rendering_of
from printing.render.painter import Painter
from printing.render.paper import Paper
from printing.render.qr import QUIET_ZONE, fitting_module, qr_matrix
from printing.slips.lettering import Lettering, Written
from printing.transports.line_speed import baud_of

_TEAR_OFF_MM: Final = 25
# From the head to the knife: blank paper that every cut costs.
_CUT_FEED_MM: Final = 15


@dataclass(frozen=True, slots=True)
class Slip:
    """One ticket, ready to send.

    Attributes:
        portions: whole commands, each part small enough for any printer's buffer.
        paper_mm: what it takes off the roll.
    """

    portions: tuple[bytes, ...]
    paper_mm: int

    @property
    def byte_count(self) -> int:
        """Bytes in all."""
        return sum(map(len, self.portions))


def _document(paper: SaidPaper, extent: Extent = Extent.WHOLE) -> Document:
    """Return what a paper says; the short ones are short in every extent."""
    match paper:
        case Proof():
            return compose_proof(paper)
        case PassageList():
            return compose_passages(paper)
        case BlankForm():
            return compose_form(paper)
        case MissingPapers():
            return compose_missing(paper)
        case _:
            return compose(paper, extent)


class SlipMaker:
    """Makes the slips of one printer.

    Args:
        settings: section ``printer``.
        module_dots: wished size of the seal's modules.

    Raises:
        ConfigurationError: no such profile, or hybrid asked of a printer that cannot write French.
    """

    def __init__(self, settings: PrinterSettings, *, module_dots: int = 6) -> None:
        self.profile: PrinterProfile = profile_of(settings)
        self.rendering: Rendering = rendering_of(settings, self.profile, baud_of(settings.url))
        self._paper = Paper(self.profile.width_dots, self.profile.dots_per_inch, module_dots)
        self.format = SlipFormat(
            self.profile.dots_per_inch,
            self.profile.cutter,
            self._paper.dots(_TEAR_OFF_MM),
            justifies_pictures=self.profile.writes_french,
        )
        self._painter = Painter(self._paper)

    def warm_up(self, languages: Iterable[str] = ()) -> None:
        """Do now what the first ticket in each language would wait for; call while nobody waits.

        Raises:
            ConfigurationError: a language without a catalogue, a font file that is missing.
        """
        self._painter.warm_up(languages)

    def close(self) -> None:
        """End the painting thread."""
        self._painter.close()

    def slip(self, ticket: SaidPaper) -> Slip:
        """Return a ticket, or another paper, as portions."""
        if self.rendering == "hybrid":
            return self._hybrid(_document(ticket, Extent.ESSENTIALS))
        bitmap = self._painter.paint(_document(ticket))
        return Slip(tuple(slip_portions(bitmap, self.format)), self._paper_mm(bitmap.height_dots))

    def _paper_mm(self, dots: int) -> int:
        blank = _CUT_FEED_MM if self.format.has_cutter else _TEAR_OFF_MM
        return round(self._paper.millimetres(dots)) + blank

    def _hybrid(self, document: Document) -> Slip:
        assert self.profile.code_page is not None, "a hybrid rendering has a code page"
        assert self.profile.codec is not None, "a hybrid rendering has a code page"
        lettering = Lettering(self._paper, self.profile.code_page, self.profile.codec)
        pieces = [lettering.start()]
        height = 0
        for written in self._written(document, lettering):
            pieces.append(written.data)
            height += written.height_dots
        return Slip(tuple(portions_of(pieces, self.format)), self._paper_mm(height))

    def _written(self, document: Document, lettering: Lettering) -> Iterator[Written]:
        blocks = [block for block in document.blocks if not isinstance(block, Cut)]
        for is_native, group in groupby(blocks, lambda block: self._is_native(block, lettering)):
            if not is_native:
                yield Written(lettering.flush_left(), 0)
                yield from self._painted(tuple(group), document.language)
                continue
            for block in group:
                yield self._code(block, lettering) if isinstance(block, Code) else lettering.write(block)

    def _is_native(self, block: Block, lettering: Lettering) -> bool:
        return self.profile.native_qr if isinstance(block, Code) else lettering.can_write(block)

    def _painted(self, blocks: tuple[Block, ...], language: str) -> Iterator[Written]:
        bitmap = self._painter.paint(Document(blocks, language))
        pieces = picture_pieces(bitmap, justifies=self.format.justifies_pictures)
        # Each command on its own, so that the portions come out even; the height counts once.
        yield Written(pieces[0], bitmap.height_dots)
        yield from (Written(piece, 0) for piece in pieces[1:])

    def _code(self, block: Code, lettering: Lettering) -> Written:
        side = qr_matrix(block.text).side
        module = fitting_module(side, self._paper.width_dots, self._paper.module_dots)
        code = native.qr_code(block.text.encode("ascii"), module)
        return lettering.around(code, Justification.CENTRE, (side - 2 * QUIET_ZONE) * module, QUIET_ZONE * module)
