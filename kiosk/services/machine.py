"""What the machine itself records: its founding, its starts and stops, a call for an agent."""

import structlog

from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.journal.signature import public_pem
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.signer import Signer
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.recording import EntryWriter

log = structlog.get_logger()


class FoundJournal:
    """Writes the founding entry of an empty journal: software, public key, site. Does nothing on any other."""

    def __init__(
        self,
        *,
        units: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        signer: Signer,
        software_version: str,
    ) -> None:
        self._units = units
        self._site = site
        self._signer = signer
        self._software_version = software_version
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self) -> bool:
        """Found the journal if it is empty; tell whether it was."""
        with self._units() as unit:
            if unit.journal.head().seq:
                return False
            unit.journal.append(self._entries.draft(EntryType.GENESIS, self._facts()))
            unit.commit()
        return True

    def _facts(self) -> dict[str, JsonValue]:
        return {
            "software_version": self._software_version,
            "public_key": public_pem(self._signer.public_key),
            "site": {
                "origin": self._site.origin,
                "departement": self._site.departement.code,
                "kiosk_id": self._site.kiosk_id,
                "kiosk_place": self._site.kiosk_place,
                "prefecture_name": self._site.prefecture_name,
                "service_name": self._site.service_name,
            },
        }


class StartMachine:
    """Records a start; founds the journal first if there is none."""

    def __init__(
        self,
        *,
        units: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        signer: Signer,
        catalogue: Catalogue,
        software_version: str,
    ) -> None:
        self._units = units
        self._catalogue = catalogue
        self._software_version = software_version
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)
        self._found = FoundJournal(
            units=units, clock=clock, entropy=entropy, site=site, signer=signer, software_version=software_version
        )

    def __call__(self) -> None:
        """Append the start, with the versions of software and catalogue."""
        self._found()
        facts = {"software_version": self._software_version, "catalogue": self._catalogue.version}
        with self._units() as unit:
            entry = unit.journal.append(self._entries.draft(EntryType.STARTED, facts))
            unit.commit()
        log.info(LogEvent.PROGRAM_STARTED, origin=entry.origin, seq=entry.seq, version=self._software_version)


class StopMachine:
    """Records an orderly stop; its absence before a start tells of a power cut."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self) -> None:
        """Append the stop."""
        with self._units() as unit:
            entry = unit.journal.append(self._entries.draft(EntryType.STOPPED, {}))
            unit.commit()
        log.info(LogEvent.PROGRAM_STOPPED, origin=entry.origin, seq=entry.seq)


class CallAgent:
    """Records that a visitor asked for a person."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, screen: str) -> None:
        """Append the call, with the name of the screen on which it was made."""
        with self._units() as unit:
            unit.journal.append(self._entries.draft(EntryType.AGENT_CALLED, {"screen": screen}))
            unit.commit()
        log.info(LogEvent.AGENT_CALLED, screen=screen)
