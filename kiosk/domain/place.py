"""Départements, prefectures and countries, as the data files list them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_EUROPEAN_GROUPS: Final = frozenset({"EU", "EEA", "CH"})


@dataclass(frozen=True, slots=True)
class Departement:
    """A département or overseas collectivité (``departements.csv``).

    Attributes:
        code: INSEE code, ``38``, ``2A``, ``974``.
        name: as INSEE writes it.
        prefecture_town: seat of the préfecture.
        authority: ``préfecture`` or ``préfecture de police`` (CESEDA R. 431-3).
        administrative_court: town of the tribunal administratif (CJA R. 221-3).
        holiday_zone: key of ``holidays.toml``.
        timezone: IANA zone of the legal time.
    """

    code: str
    name: str
    prefecture_town: str
    authority: str
    administrative_court: str
    holiday_zone: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country or nationality (``countries.csv``).

    Attributes:
        alpha2: ISO 3166-1, or the code that machine-readable zones have for stateless persons and refugees.
        group: ``EU``, ``EEA``, ``CH`` or ``THIRD``.
        mrz_code: value in an ICAO 9303 machine-readable zone.
        aliases: words that people type.
    """

    alpha2: str
    alpha3: str
    name_fr: str
    group: str
    mrz_code: str
    kind: str
    aliases: tuple[str, ...]

    @property
    def is_european(self) -> bool:
        """Whether its nationals follow the rules of the Union, the EEA or Switzerland (CESEDA book II)."""
        return self.group in _EUROPEAN_GROUPS


@dataclass(frozen=True, slots=True)
class Places:
    """All places, by code."""

    departements: Mapping[str, Departement]
    countries: Mapping[str, Country]


@dataclass(frozen=True, slots=True)
class Site:
    """Where this kiosk stands and in whose name it speaks; printed on the ticket (CRPA R. 112-5).

    Attributes:
        departement: of the prefecture.
        kiosk_id: two letters or digits, unique in the département, for example ``A2``.
        kiosk_place: where in the building, in French.
        prefecture_name: as printed, for example ``Préfecture de l'Isère``.
        service_name: service in charge.
        service_address: postal lines.
        service_phone: as printed.
        service_email: as printed, empty if none.
        data_protection_contact: of the data protection officer; empty if none.
        ticket_note: lines of the office's own, printed below its address.
    """

    departement: Departement
    kiosk_id: str
    kiosk_place: str
    prefecture_name: str
    service_name: str
    service_address: tuple[str, ...]
    service_phone: str
    service_email: str
    data_protection_contact: str
    ticket_note: tuple[str, ...] = ()

    @property
    def rights_contact(self) -> str:
        """Whom people write to about their data (RGPD art. 13, 1 a and b): the officer, or else the service itself."""
        return (
            self.data_protection_contact or self.service_email or ", ".join([self.service_name, *self.service_address])
        )

    @property
    def origin(self) -> str:
        """Identifier of this machine's journal, for example ``38-A2``."""
        return f"{self.departement.code}-{self.kiosk_id}"
