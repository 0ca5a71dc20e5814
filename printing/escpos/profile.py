"""What a model of printer can do: our own short list, and behind it the profiles of python-escpos."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Final, Literal

from kiosk.errors import ConfigurationError
from kiosk.resource_files import resource_path
from kiosk.settings import PrinterSettings

SETTING: Final = "printer.profile"
Confirmation = Literal["process_id", "status_after_data"]
Rendering = Literal["picture", "hybrid"]

# French with its ligatures and quotation marks first, then what older printers have instead.
_FRENCH_CODE_PAGES: Final = ("CP1252", "ISO_8859-15", "CP858", "CP850")
_WIDTHS: Final = (384, 512, 576)
# A picture ticket at this speed or less makes a person wait for half a minute and more.
_SLOW_BAUD: Final = 57_600


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """One model of printer.

    Attributes:
        code: the name in the settings.
        name: for the person who chooses.
        width_dots: printable width.
        dots_per_inch: of the head.
        cutter: whether it cuts the paper itself.
        confirmation: how it says that a slip left.
        code_page: number for ESC t of a code page with all French letters; None when none is known to be right.
        codec: Python's name of that code page.
        native_qr: whether GS ( k prints QR codes.
        source: where this is written.
    """

    code: str
    name: str
    width_dots: int
    dots_per_inch: int
    cutter: bool
    confirmation: Confirmation
    native_qr: bool
    source: str
    code_page: int | None = None
    codec: str | None = None

    @property
    def writes_french(self) -> bool:
        """Whether its own letters can be trusted with French."""
        return self.code_page is not None and self.codec is not None

    @property
    def columns(self) -> int:
        """Characters of font A (12 dots wide) in a line."""
        return self.width_dots // 12


@cache
def profiles() -> Mapping[str, PrinterProfile]:
    """Return our own profiles by code, in the order of the file.

    Raises:
        ConfigurationError: ``printers.toml`` is damaged.
    """
    path = resource_path("printers.toml")
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["profile"]
        return {row["code"]: PrinterProfile(**row) for row in rows}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ConfigurationError(str(path), f"profiles with {', '.join(_FIELDS)} ({error})") from error


_FIELDS: Final = tuple(field.name for field in fields(PrinterProfile))


def profile_of(settings: PrinterSettings) -> PrinterProfile:
    """Return the profile that the settings name, with what they say otherwise.

    Raises:
        ConfigurationError: no profile has this name.
    """
    named = profiles().get(settings.profile) or _of_python_escpos(settings.profile)
    said = {name: getattr(settings, name) for name in ("width_dots", "dots_per_inch", "cutter", "confirmation")}
    return replace(named, **{name: value for name, value in said.items() if value is not None})


def rendering_of(settings: PrinterSettings, profile: PrinterProfile, baud: int | None) -> Rendering:
    """Return how tickets are printed: as asked, else hybrid on a slow line when the printer can write French.

    Args:
        settings: section ``printer``.
        profile: of the printer.
        baud: of its serial line; None for every other connection.

    Raises:
        ConfigurationError: hybrid was asked of a printer whose letters are not known.
    """
    match settings.rendering:
        case "picture":
            return "picture"
        case "hybrid":
            if not profile.writes_french:
                raise ConfigurationError(
                    "printer.rendering", f"picture or auto: profile {profile.code} has no code page for French"
                )
            return "hybrid"
        case "auto":
            is_slow = baud is not None and baud <= _SLOW_BAUD
            return "hybrid" if is_slow and profile.writes_french else "picture"


def python_escpos_names() -> tuple[str, ...]:
    """Return the names of the profiles of python-escpos that say how wide the paper is."""
    return tuple(name for name, row in _escpos_rows().items() if _is_usable(row))


def _of_python_escpos(name: str) -> PrinterProfile:
    row = _escpos_rows().get(name)
    if row is None or not _is_usable(row):
        known = [*profiles(), *python_escpos_names()]
        close = difflib.get_close_matches(name, known, 1, 0.4)
        nearest = f"; the nearest is {close[0]}" if close else ""
        raise ConfigurationError(
            SETTING, f"one of {', '.join(profiles())} or a model of python-escpos, not {name!r}{nearest}"
        )
    code_page, codec = _french_code_page(row["codePages"])
    features = row["features"]
    return PrinterProfile(
        code=name,
        name=f"{row['vendor']} {row['name']}",
        width_dots=row["media"]["width"]["pixels"],
        dots_per_inch=row["media"]["dpi"],
        cutter=bool(features["paperFullCut"] or features["paperPartCut"]),
        confirmation="status_after_data",
        native_qr=bool(features["qrCode"]),
        source="python-escpos [K]",
        code_page=code_page,
        codec=codec,
    )


def _escpos_rows() -> Mapping[str, Any]:
    from escpos.capabilities import CAPABILITIES  # noqa: PLC0415  a quarter of a second, for other printers only

    rows: Mapping[str, Any] = CAPABILITIES["profiles"]
    return rows


def _is_usable(row: Mapping[str, Any]) -> bool:
    is_known = row["media"]["width"].get("pixels") in _WIDTHS and row["media"].get("dpi") in {180, 203}
    return bool(is_known and row["features"]["bitImageRaster"])


def _french_code_page(pages: Mapping[str, str]) -> tuple[int | None, str | None]:
    numbers = {name: int(number) for number, name in reversed(list(pages.items()))}
    found = next((name for name in _FRENCH_CODE_PAGES if name in numbers), None)
    return (numbers[found], found.lower().replace("_", "")) if found else (None, None)
