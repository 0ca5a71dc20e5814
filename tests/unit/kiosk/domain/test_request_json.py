"""The request as JSON: what is right comes through whole, what is wrong is named."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.request import AttemptOutcome
from kiosk.domain.request_json import request_from_json, request_to_json
from kiosk.errors import InputError
from kiosk.store.catalogue_file import load_catalogue
from kiosk.store.places_file import load_places

CATALOGUE, PLACES, LANGUAGES = load_catalogue(), load_places(), ("fr", "ar", "en")
NAMES = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=40)
REQUESTS = st.fixed_dictionaries(
    {"procedure": st.sampled_from([c for c in CATALOGUE.procedures if c != "ASILE"]), "birth_name": NAMES},
    optional={
        "language": st.sampled_from(LANGUAGES),
        "given_names": st.lists(NAMES, max_size=4),
        "usage_name": NAMES,
        "birth_date": st.sampled_from(["1990-04-00", "1979-00-00", "2001-12-31"]),
        "nationality": st.sampled_from(["DZ", "MA", "AF"]),
        "foreigner_number": st.from_regex(r"[0-9]{9,10}", fullmatch=True),
        "permit_expires_on": st.dates().map(str),
        "departement": st.sampled_from(["38", "2A", "974"]),
        "phone": st.just("+33 6 12 34 56 78"),
        "helper": st.sampled_from(["", "Cimade"]),
        "target_procedure": st.just("REN-SALARIE"),
        "attempts": st.lists(
            st.fixed_dictionaries(
                {"outcome": st.sampled_from([outcome.value for outcome in AttemptOutcome])},
                optional={"around": st.sampled_from(["2026-09-00", "2025-00-00"])},
            ),
            max_size=3,
        ),
        "guardian": st.sampled_from(
            [{"name": "Koné"}, {"name": "Koné", "tie": "parent"}, {"name": "", "tie": "autre"}]
        ),
        "help_contacts": st.lists(
            st.fixed_dictionaries(
                {"channel": st.sampled_from(["ccc", "pan"])},
                optional={"date": st.dates().map(str), "reference": st.just("A-12")},
            ),
            max_size=2,
        ),
        "evidence": st.lists(st.sampled_from(["capture", "courriel", "sms"]), max_size=3),
    },
)


def read(fields: dict[str, Any]) -> dict[str, object]:
    content, key = request_from_json(fields, CATALOGUE, PLACES, LANGUAGES)
    return {**request_to_json(content, key)}


@given(REQUESTS)
def test_a_request_written_and_read_again_is_the_same(fields: dict[str, Any]) -> None:
    """Nothing is lost or invented on the way."""
    written = read(fields)

    assert read(dict(written)) == written


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"procedure": None}, "procedure"),
        ({"procedure": "NOPE"}, "procedure"),
        ({"birth_name": None}, "birth_name"),
        ({"birth_name": 12}, "birth_name"),
        ({"birth_name": "X" * 201}, "birth_name"),
        ({"birth_date": "1990-02-30"}, "birth_date"),
        ({"nationality": "XX"}, "nationality"),
        ({"departement": "99"}, "departement"),
        ({"language": "tlh"}, "language"),
        ({"documents": ["crown"]}, "documents"),
        ({"documents": "passeport"}, "documents"),
        ({"given_names": [1]}, "given_names"),
        ({"permit_expires_on": "soon"}, "permit_expires_on"),
        ({"attempts": [{"outcome": "sunk"}]}, "attempts[0].outcome"),
        ({"attempts": [{"date": "2026-01-01"}]}, "attempts[0].outcome"),
        ({"attempts": [{"outcome": "autre", "where": "x"}]}, "attempts[0].where"),
        ({"attempts": ["x"]}, "attempts[0]"),
        ({"attempts": [{"outcome": "autre", "around": "autumn"}]}, "attempts[0].around"),
        ({"attempts": [{"outcome": "autre", "around": "2026-09-00", "date": "2026-09-02"}]}, "attempts[0].around"),
        ({"target_procedure": "RENDEZVOUS"}, "target_procedure"),
        ({"guardian": "Koné"}, "guardian"),
        ({"guardian": {"name": "Koné", "age": "40"}}, "guardian.age"),
        ({"guardian": {"tie": "neighbour"}}, "guardian.tie"),
        ({"guardian": {"name": "X" * 201}}, "guardian.name"),
        ({"help_contacts": [{"channel": "pigeon"}]}, "help_contacts[0].channel"),
        ({"help_contacts": [{"date": "2026-09-02"}]}, "help_contacts[0].channel"),
        ({"help_contacts": [{"channel": "ccc", "phone": "1"}]}, "help_contacts[0].phone"),
        ({"help_contacts": ["ccc"]}, "help_contacts[0]"),
        ({"evidence": ["rumour"]}, "evidence"),
        ({"evidence": [["sms"]]}, "evidence"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_wrong_field_is_named(changes: dict[str, Any], field: str) -> None:
    """The person who wrote the file must find the place at once."""
    fields = {"procedure": "REN-VPF", "birth_name": "Diallo"} | changes

    with pytest.raises(InputError) as refusal:
        read({name: value for name, value in fields.items() if value is not None})
    assert refusal.value.field == field


def test_a_name_and_a_procedure_are_enough() -> None:
    """Nobody is turned away for what they do not know."""
    assert read({"procedure": "INFO", "birth_name": "O"}) == {"procedure": "INFO", "language": "fr", "birth_name": "O"}


def test_asylum_keeps_no_identity_even_when_one_is_given() -> None:
    """The name is dropped where it enters."""
    content, _ = request_from_json({"procedure": "ASILE", "birth_name": "Diallo"}, CATALOGUE, PLACES, LANGUAGES)

    assert content.identity.birth_name == ""
