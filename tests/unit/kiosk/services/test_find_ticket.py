from pathlib import Path

import pytest

from kiosk.errors import InputError
from kiosk.journal.seal import make_seal
from kiosk.journal.seal_verdict import KnownKey, Verdict
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.services.find_ticket import BroughtTicket, FindTicket
from tests.fakes.clocks import FixedSigner, a_signer
from tests.fakes.kiosks import AKiosk, a_kiosk

# What the keys of the American layout give on a machine with the French one.
TO_AZERTY = str.maketrans("1234567890.AQZWM#:/-", "&é\"'(-èHI9:QAWZ?3M!)")


@pytest.fixture
def kiosk(tmp_path: Path) -> AKiosk:
    return a_kiosk(tmp_path)


@pytest.fixture
def find(kiosk: AKiosk) -> FindTicket:
    keys = [KnownKey(a_signer().public_key, "38-A2")]
    return FindTicket(reading=kiosk.store.reading, clock=kiosk.clock, origin="38-A2", keys=lambda: keys)


def seal_of(kiosk: AKiosk, *, url: str = "", signer: FixedSigner | None = None, site: str = "38-A2") -> tuple[str, str]:
    filed = kiosk.file()
    return filed.request.reference, make_seal(filed.request, filed.filing, site, signer or a_signer(), url)


@pytest.mark.parametrize("url", ["", "https://titres.example/verify"])
@pytest.mark.parametrize("typed", ["as_it_is", "on_azerty", "in_small_letters", "in_lines"])
def test_a_seal_is_read_however_a_reader_types_it(kiosk: AKiosk, find: FindTicket, url: str, typed: str) -> None:
    """With the page's address before it or not; also by a reader whose layout is not the machine's."""
    reference, seal = seal_of(kiosk, url=url)
    forms = {
        "as_it_is": seal,
        "on_azerty": seal.translate(TO_AZERTY),
        "in_small_letters": seal.lower(),
        "in_lines": f"{seal[:60]}\n{seal[60:]}",
    }

    assert find(forms[typed]) == BroughtTicket(reference, may_be_here=True, verdict=Verdict.AUTHENTIC)


def test_a_ticket_of_a_kiosk_whose_key_is_not_known_is_not_called_valid(kiosk: AKiosk, find: FindTicket) -> None:
    reference, seal = seal_of(kiosk, signer=FixedSigner(7), site="38-B1")

    found = find(seal)

    assert (found.reference, found.verdict, found.is_proved) == (reference, Verdict.UNKNOWN_KIOSK, False)


def test_a_ticket_whose_data_were_erased_is_valid_and_not_here(kiosk: AKiosk, find: FindTicket) -> None:
    filed = kiosk.file()
    kiosk.print(filed.filing.print_job_id)
    seal = make_seal(filed.request, filed.filing, "38-A2", a_signer())
    EraseRequest(**kiosk.parts)(filed.request.reference, ErasureReason.RETENTION, by="borne")

    found = find(seal)

    assert (found.may_be_here, found.is_proved) == (False, True)


def test_one_changed_character_is_no_ticket(kiosk: AKiosk, find: FindTicket) -> None:
    _, seal = seal_of(kiosk)
    changed = seal[:30] + ("A" if seal[30] != "A" else "B") + seal[31:]

    with pytest.raises(InputError):
        find(changed)


@pytest.mark.parametrize("scan", ["P<FRADUPONT<<JEAN<<<<", "3017620422003", "", "PREFTKT1.", "PREFTKT1.AAAA.BBBB"])
def test_something_else_is_no_ticket(find: FindTicket, scan: str) -> None:
    with pytest.raises(InputError):
        find(scan)


def test_a_typed_reference_says_nothing_of_what_exists(kiosk: AKiosk, find: FindTicket) -> None:
    """Of this kiosk it may always be here; another kiosk's number says so itself."""
    there = kiosk.file().request.reference

    assert find(there.lower().replace("-", " ")) == BroughtTicket(there, may_be_here=True)
    assert find("38-A2-261120-0042-5").may_be_here
    assert not find("38-B1-261120-0042-X").may_be_here


@pytest.mark.parametrize("typed", ["38-A2-261120-0024-5", "38-A2-261120-0042-K", "38-A2-261120", "bonjour"])
def test_a_slip_of_the_finger_is_caught_by_the_check_character(find: FindTicket, typed: str) -> None:
    with pytest.raises(InputError):
        find(typed)
