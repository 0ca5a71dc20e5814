"""Looking for a person's words in every byte of every file."""

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path

from kiosk.domain.identity import folded_name
from kiosk.domain.request import Guardian, GuardianTie, HelpChannel, HelpContact, RequestContent
from tests.fakes.requests import a_request_content

# What a person says of themselves in every field; nobody else says it.
WITNESS = a_request_content(
    language="ta",
    birth_name="Ouédraogo-Zwartbrückner",
    given_names=("Xanthippe", "محمد-الأمين"),
    usage_name="Quibdóyork",
    birth_date="1987-11-23",
    nationality="BF",
    foreigner_number="9987612340",
    phone="0698761234",
    email="xanthippe.zwart@boite.example",
    helper="Maître Krzysztofowicz",
    guardian=Guardian("Oncle Wojciechówna", GuardianTie.GUARDIAN),
    help_contacts=(HelpContact(HelpChannel.CONTACT_CENTRE, reference="CCC-77123409"),),
)


def words_of(content: RequestContent) -> list[str]:
    """What the person said, as typed and as it is folded for searching."""
    identity = content.identity
    said = [
        identity.birth_name,
        *identity.given_names,
        identity.usage_name or "",
        str(identity.birth_date),
        content.foreigner_number or "",
        content.phone or "",
        content.email or "",
        content.helper or "",
        content.guardian.name if content.guardian else "",
        *(contact.reference or "" for contact in content.help_contacts),
    ]
    folded = [folded_name(name) for name in (identity.birth_name, *identity.given_names)]
    return sorted({word for word in [*said, *folded] if word})


def somebody_else(number: int) -> RequestContent:
    """Other people, none of whose words are the witness's."""
    content = a_request_content(foreigner_number=f"99{number:08d}", phone=f"06{number:08d}", birth_date="1990-04-12")
    identity = dataclasses.replace(content.identity, birth_name=f"Personne{number:05d}", given_names=("Autre" * 20,))
    return dataclasses.replace(content, identity=identity)


def files_under(folder: Path) -> Iterator[Path]:
    """Every file: databases, logs beside them, keys, bundles, drafts."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def found_in_files(folder: Path, words: Iterable[str]) -> set[str]:
    """Which of the words stand in any byte of any file, in UTF-8 or as JSON escapes them."""
    wanted = {word: (word.encode(), word.encode("unicode_escape")) for word in words}
    found: set[str] = set()
    for path in files_under(folder):
        content = path.read_bytes()
        found |= {word for word, forms in wanted.items() if any(form in content for form in forms)}
    return found
