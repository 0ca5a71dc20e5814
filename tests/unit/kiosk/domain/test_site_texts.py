"""What a ticket must name is neither emptied nor endless."""

import pytest

from kiosk.domain.site_texts import text_problems


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("site.service_name", ""),
        ("site.service_name", "S" * 121),
        ("site.service_phone", "  "),
        ("site.kiosk_place", "B" * 61),
        ("site.service_address", []),
        ("site.service_address", ["12 place de Verdun", " "]),
        ("site.service_address", ["ligne"] * 7),
        ("site.service_email", "e" * 121),
        ("site.data_protection_contact", ""),
    ],
)
def test_a_text_that_names_nothing_or_has_no_end_is_refused(key: str, value: object) -> None:
    """CRPA R. 112-5; and every screen has its width."""
    assert list(text_problems({key: value, "hall.lock_after_s": 60})) == [key]


def test_what_an_office_usually_types_is_taken() -> None:
    """An e-mail may be none."""
    typed = {
        "site.service_name": "Service de l'immigration et de l'intégration",
        "site.service_address": ["12 place de Verdun", "38000 Grenoble"],
        "site.service_email": "",
        "site.service_phone": "04 76 60 34 00",
        "site.ticket_note": [],
    }

    assert text_problems(typed) == {}
