"""What is handed out to a person as a document: what staff see of the file, why it is kept, and all that is held.

The first part is what the screen says, in its words. The rights are those of the notice at the kiosk, in French and in
the person's language (RGPD art. 12 and 15). The annex has every fact and every entry, so that nothing that is held is
left out and anybody can check it without us.
"""

from collections.abc import Iterator, Mapping
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.domain.moment import parse_instant
from kiosk.domain.place import Site
from kiosk.journal.canonical import JsonValue
from kiosk.ports.desk import PersonFile
from kiosk.translation import SOURCE_LANGUAGE, TextDomain, Translator
from printing.document import texts
from printing.document.blocks import (
    Align,
    Block,
    Document,
    Item,
    KeyValue,
    Rule,
    Size,
    Space,
    Text,
    Title,
    Weight,
)
from printing.document.wording import Wording
from printing.render.office import OfficePaper, render_office_pdf
from ui.applicant.keeping_words import kept_said
from ui.composition.readable_person import readable_lines
from ui.supervisor.file_facts import FileFacts
from ui.supervisor.hall_wording import entry_said, moment_said
from ui.supervisor.wording import staff_translator

_INDENT_MARK: Final = "\u00a0"  # a line of the annex stands as far in as it is deep


def handed_out_pdf(site: Site, keep_days: int, file: PersonFile, held: Mapping[str, JsonValue]) -> bytes:
    """Return all that is held of a person as pages of A4.

    Args:
        site: whose words and legal time it has.
        keep_days: for so long after a filing a kiosk of the site keeps what was said.
        file: as staff see it.
        held: see :meth:`kiosk.ports.file_work.PersonRights.export`.
    """
    document = handed_out(site, keep_days, file, held)
    return render_office_pdf(document, OfficePaper.A4, title=file.request.reference, author=site.prefecture_name)


def handed_out(site: Site, keep_days: int, file: PersonFile, held: Mapping[str, JsonValue]) -> Document:
    """Return what the document says; the arguments are those of :func:`handed_out_pdf`."""
    language = file.content.language
    blocks = [*_head(site, file, held), *_file(site, file), *_history(site, file), *_rights(site, keep_days)]
    if language != SOURCE_LANGUAGE:
        blocks += _translation(site, language, keep_days)
    return Document((*blocks, *_annex(held)), language)


def _head(site: Site, file: PersonFile, held: Mapping[str, JsonValue]) -> Iterator[Block]:
    tr = staff_translator()
    yield Text(Wording(SOURCE_LANGUAGE).say(texts.REPUBLIC), weight=Weight.BOLD, align=Align.CENTRE)
    yield Text(site.prefecture_name, align=Align.CENTRE)
    yield Space(3)
    yield Title(tr.text("supervisor", "Les données gardées sur vous"))
    yield Text(tr.text("supervisor", "Droit d'accès (RGPD, article 15)"), align=Align.CENTRE)
    yield Space(2)
    yield Text(file.request.reference, Size.LARGE, Weight.BOLD, Align.CENTRE, one_line=True)
    handed_at = held.get("handed_out_at")
    if isinstance(handed_at, str):
        at = parse_instant(handed_at).astimezone(ZoneInfo(site.departement.timezone))
        text = tr.text("supervisor", "Remis le {moment}").format(moment=moment_said(at, with_day=True))
        yield Text(text, align=Align.CENTRE)
    yield Space(2)


def _file(site: Site, file: PersonFile) -> Iterator[Block]:
    tr = staff_translator()
    yield Rule()
    yield Text(tr.text("supervisor", "Votre dossier"), weight=Weight.BOLD)
    for caption, value in FileFacts(tr, ZoneInfo(site.departement.timezone)).of(file):
        lines = value.splitlines()
        if len(lines) == 1:
            yield KeyValue(caption, value)
        elif lines:
            yield Space(1)
            yield Text(f"{caption} :", weight=Weight.BOLD)  # stays with its first line
            yield from map(Item, lines)
            yield Space(1)


def _history(site: Site, file: PersonFile) -> Iterator[Block]:
    tr, zone = staff_translator(), ZoneInfo(site.departement.timezone)
    yield Rule()
    yield Text(tr.text("supervisor", "Ce qui s'est passé"), weight=Weight.BOLD)
    for line in file.timeline:
        yield Item(f"{moment_said(line.at.astimezone(zone), with_day=True)} · {entry_said(tr, line.type, line.facts)}")


def _rights(site: Site, keep_days: int) -> Iterator[Block]:
    tr = staff_translator()
    yield Rule()
    yield Text(tr.text("supervisor", "Pourquoi ces données, et vos droits"), weight=Weight.BOLD)
    cnil = tr.text("supervisor", "Vos droits ne sont pas respectés ? Vous pouvez écrire à la CNIL : www.cnil.fr.")
    yield from _notice(site, SOURCE_LANGUAGE, keep_days, cnil)


def _translation(site: Site, language: str, keep_days: int) -> Iterator[Block]:
    french, say = Wording(SOURCE_LANGUAGE), Wording(language)
    yield Rule(is_heavy=True)
    yield Text(french.say(texts.FOR_INFORMATION), align=Align.CENTRE)
    yield Text(say.say(texts.FOR_INFORMATION), align=Align.CENTRE, speech=say.speech)
    yield Space(2)
    yield Title(Translator.of(language, TextDomain.SCREENS).text("notice", "Vos données"), say.speech)
    yield Space(2)
    yield from _notice(site, language, keep_days)


def _notice(site: Site, language: str, keep_days: int, more: str = "") -> Iterator[Block]:
    """Say what the notice at the kiosk says, in its words; more of the rights at their end."""
    tr, say = Translator.of(language, TextDomain.SCREENS), Wording(language)
    rights = tr.text("notice", "Vous pouvez demander à lire, corriger ou limiter vos données. Écrivez à {contact}.")
    for question, answer in (
        (tr.text("notice", "Qui ?"), say.name(site.prefecture_name)),
        (tr.text("notice", "Pourquoi ?"), tr.text("notice", "Pour enregistrer votre demande et prouver sa date.")),
        (tr.text("notice", "Qui peut lire ?"), tr.text("notice", "Les agents du service des étrangers.")),
        (tr.text("notice", "Combien de temps ?"), kept_said(tr, keep_days)),
        (
            tr.text("notice", "Vos droits"),
            f"{rights.format(contact=say.code(site.data_protection_contact))} {more}".strip(),
        ),
    ):
        yield Text(question, weight=Weight.BOLD, speech=say.speech)
        yield Text(answer, speech=say.speech)


def _annex(held: Mapping[str, JsonValue]) -> Iterator[Block]:
    tr = staff_translator()
    yield Rule(is_heavy=True)
    yield Title(tr.text("supervisor", "Annexe : tout ce qui est gardé, mot pour mot"))
    yield Space(1)
    yield Text(
        tr.text(
            "supervisor",
            "Chaque fait et chaque écriture du journal, avec de quoi vérifier sans nous. Les heures sont en temps "
            "universel (UTC). Les mots en anglais sont les codes du programme.",
        )
    )
    yield Space(1)
    for depth, said in readable_lines(held):
        for line in said.splitlines():  # a note keeps its lines
            yield Text(f"{_INDENT_MARK * 3 * depth}{line}", weight=Weight.REGULAR if depth else Weight.BOLD)
