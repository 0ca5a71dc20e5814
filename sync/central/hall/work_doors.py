"""The addresses at which the counters of a site work on a person's file; each answers with the file as it is then."""

from collections.abc import Callable
from typing import Final, TypeVar

from fastapi import APIRouter, Request, Response

from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.duplicates import Duplicates
from kiosk.ports.file_work import FileWork, PersonRights
from kiosk.services.local_file_work import LocalFileWork
from sync.central.desk.doors import NoStore
from sync.central.hall.acts import acting_units
from sync.central.hall.answering import body, done, takes, token_of
from sync.central.hall.bench import HallBench
from sync.central.hall.lookalikes import duplicates_at
from sync.central.hall.person_rights import HubPersonRights
from sync.protocol.hall_files import HallFile
from sync.protocol.hall_work import (
    AboutFile,
    AddedNote,
    AddedToFile,
    AskedErasure,
    AskedPapers,
    FoundImpossibility,
    HallDuplicates,
    HandedOut,
    LeftAtKiosk,
    MadeCorrection,
    OtherRequest,
    SeenIdentity,
    SeenPapers,
    WireDuplicate,
)

_MOST_BYTES: Final = 256 << 10  # fifty tries elsewhere, in any script
Asked = TypeVar("Asked", bound=AboutFile)


def file_work_at(bench: HallBench) -> FileWork:
    """Return what the counters of a hall do with files; their sessions are named by their tokens."""
    return LocalFileWork(
        lambda session: bench.sessions.actor(session.token),
        bench.hall.read_file,
        units=acting_units(bench),
        clock=bench.clock,
        entropy=bench.entropy,
        site=bench.site,
        catalogue=bench.hall.catalogue,
    )


def file_work_router(bench: HallBench) -> APIRouter:
    """Return the addresses of what staff do with a file."""
    doors = _FileDoors(bench)
    files = file_work_at(bench)
    _add_what_is_shown(doors, files)
    _add_words(doors, files)
    _add_changes(doors, files)
    _add_duplicates(doors, duplicates_at(bench))
    _add_rights(doors, HubPersonRights(bench))
    return doors.router


class _FileDoors:
    """The addresses at which somebody who is signed in does one thing with a file."""

    def __init__(self, bench: HallBench) -> None:
        self.router = APIRouter(prefix="/v1/hall/work", tags=["hall"])
        self.known = bench.sessions.known

    def add(self, path: str, kind: type[Asked], does: str, verb: Callable[[StaffSession, Asked], PersonFile]) -> None:
        """Add an address that answers with the file as it is then.

        Args:
            path: of the address.
            kind: the form of what comes.
            does: what it does, in one sentence.
            verb: does it, for who is signed in.
        """

        async def answer(request: Request, response: Response) -> HallFile:
            token, message = token_of(request), await body(kind, request, _MOST_BYTES)
            response.headers.update(NoStore)
            return HallFile.of(await done(lambda: verb(self.known(token), message)))

        self.router.add_api_route(path, answer, methods=["POST"], summary=does, **takes(kind, does))


def _add_what_is_shown(doors: _FileDoors, files: FileWork) -> None:
    doors.add(
        "/identity",
        SeenIdentity,
        "Say whose document the person showed.",
        lambda session, seen: files.check_identity(session, seen.reference, seen.result),
    )
    doors.add(
        "/papers",
        SeenPapers,
        "Say which papers were seen until now.",
        lambda session, papers: files.tick_papers(session, papers.reference, papers.seen),
    )
    doors.add(
        "/missing",
        AskedPapers,
        "Say what is missing and until when it may be brought.",
        lambda session, papers: files.ask_papers(
            session, papers.reference, papers.missing, papers.others, papers.last_day()
        ),
    )
    doors.add(
        "/missing/print",
        AboutFile,
        "Order the list that was asked for last of the kiosk's printer.",
        lambda session, file: files.print_missing(session, file.reference),
    )


def _add_words(doors: _FileDoors, files: FileWork) -> None:
    doors.add(
        "/note",
        AddedNote,
        "Add a note for colleagues.",
        lambda session, note: files.add_note(session, note.reference, note.text),
    )
    doors.add(
        "/message",
        LeftAtKiosk,
        "Choose what the kiosk says at the next scan.",
        lambda session, left: files.leave_message(session, left.reference, left.message),
    )


def _add_changes(doors: _FileDoors, files: FileWork) -> None:
    doors.add(
        "/correction",
        MadeCorrection,
        "Put values right; the kiosk follows.",
        lambda session, made: files.correct(session, made.reference, made.right, made.reason),
    )
    doors.add(
        "/completion",
        AddedToFile,
        "Add what the person brings, take a contact out with a reason; the kiosk follows.",
        lambda session, brought: files.complete(session, brought.reference, brought.added(), reason=brought.reason),
    )
    doors.add(
        "/impossibility",
        FoundImpossibility,
        "Record that the online way was impossible.",
        lambda session, found: files.record_impossibility(session, found.reference, found.ground, found.detail),
    )
    doors.add(
        "/withdrawal",
        AboutFile,
        "Withdraw the request, because the person asks for it; the kiosk follows.",
        lambda session, file: files.withdraw(session, file.reference),
    )


def _add_duplicates(doors: _FileDoors, duplicates: Duplicates) -> None:
    @doors.router.post("/duplicates", **takes(AboutFile, "Whose other requests are looked for."))
    async def post_duplicates(request: Request, response: Response) -> HallDuplicates:
        """Return requests that are probably of the same person, at whichever kiosk of the hall, oldest first."""
        token, file = token_of(request), await body(AboutFile, request)
        response.headers.update(NoStore)
        found = await done(lambda: duplicates.of(doors.known(token), file.reference))
        return HallDuplicates(duplicates=[*map(WireDuplicate.of, found)])

    doors.add(
        "/merge",
        OtherRequest,
        "Make two requests one, which keeps the earliest date.",
        lambda session, two: duplicates.merge(session, two.reference, two.other),
    )
    doors.add(
        "/part",
        OtherRequest,
        "Let a merged request stand for itself again.",
        lambda session, two: duplicates.part(session, two.reference, two.other),
    )


def _add_rights(doors: _FileDoors, rights: PersonRights) -> None:
    @doors.router.post("/export", **takes(AboutFile, "Whose data are handed out."))
    async def post_export(request: Request, response: Response) -> HandedOut:
        """Return all that is held of a person whose identity was checked; that it was handed out is an entry."""
        token, file = token_of(request), await body(AboutFile, request)
        response.headers.update(NoStore)
        return HandedOut(held=await done(lambda: rights.export(doors.known(token), file.reference)))

    doors.add(
        "/erasure",
        AskedErasure,
        "Erase a person's data here, at the kiosk and at the centre above.",
        lambda session, erasure: rights.erase(session, erasure.reference, erasure.repeated),
    )
