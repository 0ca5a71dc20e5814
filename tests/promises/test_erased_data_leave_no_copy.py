"""Promise 6 and 9: a person's data can be erased without breaking history, and nothing of them is left behind."""

import dataclasses
from pathlib import Path

from kiosk.domain.identity import folded_name
from kiosk.domain.request_change import Completion, CorrectedField
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.services.record_change import ChangeOrder
from tests.fakes.kiosks import a_kiosk
from tests.fakes.requests import a_request_content

WORDS = ("QWERTZUIOPKOUYATE", "ZAZIFATOUMATA", "9988776655", "0655443322", "zazi.fatoumata@example.org")

LATER_WORDS = ("0677553311", "ailleurs@boite.example", "ZWARTBRUCKNERIN", "9911223344")


def bytes_in(folder: Path) -> bytes:
    """Every byte of every file: database, write-ahead log, shared memory, whatever else lies there."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def traces(folder: Path) -> list[str]:
    """Which of the person's words, written in any way that the store uses, are in the files."""
    data = bytes_in(folder)
    written = sorted({text for word in (*WORDS, *LATER_WORDS) for text in (word, word.lower(), folded_name(word))})
    return [text for text in written if text.encode() in data or text.encode("utf-16-le") in data]


def test_no_byte_of_an_erased_person_is_left_in_any_file(tmp_path: Path) -> None:
    """Not in tables, indexes, free pages or the log; the entries of everybody verify as before."""
    kiosk = a_kiosk(tmp_path, encrypted=False)
    content = a_request_content(
        birth_name=WORDS[0], given_names=(WORDS[1],), foreigner_number=WORDS[2], phone=WORDS[3], email=WORDS[4]
    )
    others = [kiosk.file(a_request_content(birth_name=f"AUTRE{rank}")) for rank in range(30)]
    filed = kiosk.file(content, key=f"a key made of {WORDS[0]}")
    again = kiosk.file(content, key="second visit")
    others += [kiosk.file(a_request_content(birth_name=f"ENCORE{rank}")) for rank in range(30)]
    for outcome in (filed, again):
        kiosk.print(outcome.filing.print_job_id)
    added = Completion(phone=LATER_WORDS[0], email=LATER_WORDS[1])
    order = ChangeOrder(filed.request.reference, f"a key made of {WORDS[0]}", "fr")
    papers = [kiosk.complete(order, added)]
    right = {CorrectedField.BIRTH_NAME: LATER_WORDS[2], CorrectedField.FOREIGNER_NUMBER: LATER_WORDS[3]}
    papers.append(kiosk.ask_correction(dataclasses.replace(order, key="asked"), right))
    papers.append(kiosk.correct(dataclasses.replace(order, key="done"), right, agent="Mme Faure", reason="passeport"))
    papers.append(kiosk.withdraw(dataclasses.replace(order, key="gone")))
    for paper in papers:
        assert paper.print_job_id is not None
        kiosk.print(paper.print_job_id)
    kiosk.print(kiosk.list_passages(filed.request.reference, "fr"))
    assert {*WORDS, *LATER_WORDS} <= set(traces(tmp_path))  # the control: this search would find them
    kiosk.store.checkpoint()

    EraseRequest(**kiosk.parts)(filed.request.reference, ErasureReason.RIGHT, by="Mme Faure")
    assert kiosk.store.scrub()

    assert traces(tmp_path) == []
    report = kiosk.verified()
    assert (report.is_whole, report.erased_payloads) == (True, 6)
    with kiosk.store.reading() as unit:
        names = {unit.requests.get(other.request.request_id).content.identity.birth_name for other in others}
    assert len(names) == 60
