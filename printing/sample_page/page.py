"""What stands on the page, from top to bottom.

Explanations are pictures: they can be read whatever the printer's own letters are. What the printer draws by itself
stands below the picture of what it should look like.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from printing.document.blocks import Block, Document, Rule, Space, Text, Title, Weight
from printing.escpos import commands, native
from printing.escpos.encode import SlipFormat, picture_pieces, portions_of
from printing.escpos.profile import PrinterProfile
from printing.render.fonts import load_fonts
from printing.render.paper import Paper
from printing.render.picture import render
from printing.sample_page.drawings import codes, grey_bands, ruler

_TEAR_OFF_MM: Final = 25
_MODULES: Final = (4, 5, 6, 7)
_CODE: Final = "BORNE PAGE D ESSAI"
# Number of ESC t in Epson's command reference, and Python's name of the same table.
_CODE_PAGES: Final = ((0, "cp437"), (2, "cp850"), (19, "cp858"), (16, "cp1252"))
_ACCENTS: Final = "éèêëàâçîïôùûüœÉÈÀÇ«»’€"
_ABSENT: Final = b"."
_LINE_DOTS: Final = 30


def sample_page(profile: PrinterProfile, model: str | None = None) -> list[bytes]:
    """Return the page as portions of whole commands. A QGuiApplication must exist.

    Args:
        profile: what the printer is said to be.
        model: what it calls itself; None when it does not say.
    """
    load_fonts()
    paper = Paper(profile.width_dots, profile.dots_per_inch)
    slip = SlipFormat(profile.dots_per_inch, profile.cutter, paper.dots(_TEAR_OFF_MM))
    return portions_of(_pieces(profile, model, paper), slip)


def _pieces(profile: PrinterProfile, model: str | None, paper: Paper) -> Iterator[bytes]:
    yield from _said(paper, *_heading(profile, model, paper))
    yield from picture_pieces(ruler(paper))
    yield from _said(paper, *_about_greys())
    yield from picture_pieces(grey_bands(paper))
    yield from _said(paper, *_about_letters())
    for number, codec in _code_pages_of(profile):
        yield _letters(number, codec)
    yield native.select_code_page(0) + _sizes()
    yield from _said(paper, *_about_codes())
    for bitmap in codes(_CODE, _MODULES, paper):
        yield from picture_pieces(bitmap)
    yield from _said(paper, *_about_native_code(profile))
    yield _native_code()
    yield from _said(paper, *_about_the_end(profile))


def _said(paper: Paper, *blocks: Block) -> Iterable[bytes]:
    return picture_pieces(render(Document(blocks), paper))


# --------------------------------------------------------------------------------------------------------- explanations


def _heading(profile: PrinterProfile, model: str | None, paper: Paper) -> tuple[Block, ...]:
    width_mm = round(paper.millimetres(paper.width_dots))
    page = f"ESC t {profile.code_page} ({profile.codec})" if profile.writes_french else "non renseignée"
    return (
        Title("Page d’essai de l’imprimante"),
        Text(f"Modèle annoncé : {model or 'l’imprimante ne le dit pas'}", weight=Weight.BOLD),
        Text(f"Profil : {profile.code} — {profile.name}", weight=Weight.BOLD),
        Text(f"Largeur : {profile.width_dots} points, {profile.dots_per_inch} ppp ({width_mm} mm)"),
        Text(f"Massicot : {'oui' if profile.cutter else 'non'}. Confirmation : {profile.confirmation}."),
        Text(f"Table de caractères du profil : {page}"),
        Rule(),
        Text("1. Largeur", weight=Weight.BOLD),
        Text(
            "Les deux traits épais doivent être entiers et toucher les bords imprimables. Trait droit absent : largeur "
            "trop grande. Blanc à droite : trop petite. 50 mm de la règle doivent mesurer 50 mm."
        ),
        Space(1),
    )


def _about_greys() -> tuple[Block, ...]:
    return (
        Space(2),
        Text("2. Noirceur", weight=Weight.BOLD),
        Text("Quatre bandes distinctes, sans trait blanc vertical (point de la tête usé ou sale)."),
        Space(1),
    )


def _about_letters() -> tuple[Block, ...]:
    return (
        Space(2),
        Text("3. Lettres de l’imprimante", weight=Weight.BOLD),
        Text("Une des lignes doit montrer exactement ces signes (un point remplace un signe absent de la table) :"),
        Text(_ACCENTS, weight=Weight.BOLD),
        Text("Son numéro et son nom sont code_page et codec du profil."),
        Space(1),
    )


def _about_codes() -> tuple[Block, ...]:
    modules = ", ".join(map(str, _MODULES))
    return (
        Space(2),
        Text("4. Codes QR", weight=Weight.BOLD),
        Text(
            f"{modules} points par module. Le plus petit qu’un téléphone lit sans peine fixe seal.module_dots (5 à 8)."
        ),
    )


def _about_native_code(profile: PrinterProfile) -> tuple[Block, ...]:
    expected = "il doit apparaître ici" if profile.native_qr else "s’il apparaît ici, l’imprimante sait les dessiner"
    return (Space(1), Text(f"5. Code dessiné par l’imprimante (GS ( k) : {expected}."), Space(2))


def _about_the_end(profile: PrinterProfile) -> tuple[Block, ...]:
    end = "Le papier doit être coupé sous cette ligne." if profile.cutter else "Déchirez sous cette ligne."
    return (Space(2), Rule(), Text(f"6. {end}", weight=Weight.BOLD), Space(2))


# ------------------------------------------------------------------------------------------------- the printer's own


def _code_pages_of(profile: PrinterProfile) -> list[tuple[int, str]]:
    """Return the usual tables, and the profile's own when it is none of them."""
    if profile.code_page is None or profile.codec is None:
        return list(_CODE_PAGES)
    return list(dict.fromkeys((*_CODE_PAGES, (profile.code_page, profile.codec))))


def _letters(number: int, codec: str) -> bytes:
    said = b"".join(letter.encode(codec, "ignore") or _ABSENT for letter in _ACCENTS)
    head = native.line_spacing(_LINE_DOTS) + native.select_code_page(number)
    return head + f"ESC t {number} {codec}\n".encode("ascii") + said + b"\n"


def _sizes() -> bytes:
    """Letters of every kind that a ticket uses."""
    bold = native.emphasized(enabled=True) + b"Gras " + native.emphasized(enabled=False)
    reverse = native.white_on_black(enabled=True) + b" Inverse " + native.white_on_black(enabled=False)
    double = native.character_size(2, 2) + native.line_spacing(2 * _LINE_DOTS) + b"Double\n"
    return b"Normal " + bold + reverse + b"\n" + double + native.character_size(1, 1) + native.line_spacing(_LINE_DOTS)


def _native_code() -> bytes:
    return native.qr_code(_CODE.encode("ascii"), 6) + commands.feed(1)
