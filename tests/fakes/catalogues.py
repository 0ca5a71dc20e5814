"""Message catalogues as translators see them."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kiosk.resource_files import resource_path


def catalogue_folder(language: str) -> Path:
    """Where the catalogues of a language lie."""
    return resource_path("locale", language, "LC_MESSAGES")


def catalogue_of(language: str, domain: str) -> Catalog:
    """Return a catalogue; Babel writes ``zh_Hans`` and knows no easy French."""
    locale = "fr" if language.startswith("fr-") else language.replace("-", "_")
    return read_po(BytesIO((catalogue_folder(language) / f"{domain}.po").read_bytes()), locale=locale)
