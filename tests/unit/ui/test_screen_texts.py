"""Every text for the public is translated, and every translation belongs to a text."""

import ast
import re
import tomllib
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import ui.applicant
import ui.display.sentences
import ui.kit
from kiosk.resource_files import resource_path
from kiosk.translation import SOURCE_LANGUAGE, languages
from tests.fakes.catalogues import catalogue_folder, catalogue_of

TRANSLATED = [code for code, each in languages().items() if code != SOURCE_LANGUAGE and each.has_screens]
Message = tuple[str, str]  # context, French


@cache
def catalogue(language: str) -> Catalog:
    return catalogue_of(language, "screens")


@cache
def said() -> frozenset[Message]:
    """All messages of code and data."""
    return frozenset(code_messages() | data_messages())


def code_messages() -> set[Message]:
    """What ``say(context, french)`` and ``text(context, french)`` ask for in the code."""
    sources = [path for package in (ui.applicant, ui.kit) for path in Path(package.__path__[0]).rglob("*.py")]
    sources.append(Path(ui.display.sentences.__file__))
    found = set()
    for node in (node for path in sources for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="text" | "say"),
                args=[ast.Constant(value=str(context)), ast.Constant(value=str(french))],
            ):
                found.add((context, french))
            case _:
                pass  # says nothing
    return found


def data_messages() -> set[Message]:
    """What the pages show of the catalogue of procedures."""
    data = tomllib.loads(resource_path("procedures.toml").read_text(encoding="utf-8"))
    found = {("group", group["label_fr"]) for group in data["groups"].values()}
    found |= {("window", window["label_fr"]) for window in data["windows"].values()}
    found |= {("document", document["falc_fr"]) for document in data["documents"].values()}
    found |= {("procedure", procedure["label_fr"]) for procedure in data["procedure"]}
    return found | {("falc", sentence) for procedure in data["procedure"] for sentence in procedure["falc_fr"]}


def translation(language: str, message: Message) -> str:
    context, french = message
    found = catalogue(language).get(french, context)
    return str(found.string) if found is not None else ""


def test_the_texts_are_found() -> None:
    """The extraction sees pages, frame, keyboard and data; a text that is put together would escape it."""
    assert {"action", "names", "keyboard", "agent", "falc", "procedure", "attempt", "display"} <= {c for c, _ in said()}


def test_no_text_is_put_together_before_it_is_translated() -> None:
    """The only texts that are not literal are those of the data, under their own contexts."""
    not_literal = set()
    for path in Path(ui.applicant.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="text" | "say"), args=[context, french]) if not isinstance(
                    french, ast.Constant
                ):
                    not_literal.add(ast.unparse(context))
    assert not_literal == {"'group'", "'falc'", "'document'", "'procedure'", "'window'", "context"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    """No screen mixes languages."""
    assert sorted(message for message in said() if not translation(language, message).strip()) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_fill_the_same_places(language: str) -> None:
    """A day or an address that the French gives is given in every language."""
    for message in said():
        assert sorted(re.findall(r"\{\w*\}", translation(language, message))) == sorted(
            re.findall(r"\{\w*\}", message[1])
        ), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_over_or_doubtful(language: str) -> None:
    """What nobody says any more is not shipped; a fuzzy entry would be left out silently."""
    entries = {(entry.context or "", str(entry.id)) for entry in catalogue(language) if entry.id}

    assert entries - said() == set()
    assert [entry.id for entry in catalogue(language) if entry.id and entry.fuzzy] == []
    assert list(catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_binary_catalogue_is_the_compiled_one(language: str) -> None:
    """What runs is what translators read: ``pybabel compile -D screens -d resources/locale``."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))

    assert (catalogue_folder(language) / "screens.mo").read_bytes() == compiled.getvalue()


def test_arabic_is_written_in_arabic() -> None:
    """A text copied from French would pass for a translation otherwise."""
    names_of_things = re.compile(r"[\u0600-\u06ff]")
    copied = [message for message in said() if not names_of_things.search(translation("ar", message))]

    assert copied == []
