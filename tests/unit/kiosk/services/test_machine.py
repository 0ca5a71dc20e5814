"""What the machine records of itself."""

from pathlib import Path

from kiosk.journal.signature import public_pem
from kiosk.services.machine import CallAgent, FoundJournal, StartMachine, StopMachine
from kiosk.store.store import DATABASE_NAME, open_store
from tests.fakes.clocks import a_signer
from tests.fakes.kiosks import AKiosk, a_kiosk


def an_empty_kiosk(folder: Path) -> AKiosk:
    """A kiosk whose journal is not founded yet."""
    return AKiosk(open_store(folder / DATABASE_NAME, None, a_signer(), "38-A2"))


def test_the_first_start_founds_the_journal(tmp_path: Path) -> None:
    """Software, public key and site come first; the key is the one that signs."""
    kiosk = an_empty_kiosk(tmp_path)

    StartMachine(**kiosk.parts, signer=a_signer(), catalogue=kiosk.catalogue, software_version="1.2.3")()

    with kiosk.store.reading() as unit:
        (genesis, facts), (started, _) = unit.journal.entries_after(0, 10)
    assert (genesis.type, started.type) == ("genesis", "started")
    assert facts is not None
    assert facts.facts["software_version"] == "1.2.3"
    assert facts.facts["public_key"] == public_pem(a_signer().public_key)
    assert facts.facts["site"] == {
        "origin": "38-A2",
        "departement": "38",
        "kiosk_id": "A2",
        "kiosk_place": "Hall d'accueil",
        "prefecture_name": "Préfecture de l'Isère",
        "service_name": "Service de l'immigration et de l'intégration",
    }
    assert kiosk.verified().is_whole


def test_a_journal_is_founded_once(tmp_path: Path) -> None:
    """A later start adds a start, not a second history."""
    kiosk = an_empty_kiosk(tmp_path)
    found = FoundJournal(**kiosk.parts, signer=a_signer(), software_version="1.2.3")

    assert [found(), found()] == [True, False]


def test_starts_stops_and_calls_are_entries(tmp_path: Path) -> None:
    """A start without a stop before it tells of a power cut."""
    kiosk = a_kiosk(tmp_path)
    start = StartMachine(**kiosk.parts, signer=a_signer(), catalogue=kiosk.catalogue, software_version="1.2.3")

    start()
    CallAgent(**kiosk.parts)("review")
    StopMachine(**kiosk.parts)()
    start()

    assert kiosk.entry_types() == ["started", "agent_called", "stopped", "started"]
    assert kiosk.verified().is_whole
