"""The addresses at which the counters of a site work on a person's file; each answers with the file as it is then."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from fastapi import APIRouter, Request, Response

from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.file_work import FileWork
from kiosk.services.local_file_work import LocalFileWork
from sync.central.description import body_of, problems
from sync.central.desk.doors import NoStore
from sync.central.hall.acts import acting_units
from sync.central.hall.answering import SIGNED_IN, body, done, token_of
from sync.central.hall.bench import HallBench
from sync.central.hall.lookalikes import duplicates_at
from sync.central.hall.person_rights import HubPersonRights
from sync.protocol.hall import HallFile
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
_Verb = Callable[[FileWork, StaffSession, Asked], PersonFile]


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
    router, files = APIRouter(prefix="/v1/hall/work", tags=["hall"]), file_work_at(bench)

    def add(path: str, kind: type[Asked], does: str, verb: _Verb[Asked]) -> None:
        router.add_api_route(
            path,
            _door(bench, kind, lambda session, asked: verb(files, session, asked)),
            methods=["POST"],
            summary=does,
            response_model=HallFile,
            responses=problems(400, 401, 403, 413, 422),
            dependencies=SIGNED_IN,
            openapi_extra=body_of(kind, does),
        )

    add(
        "/identity",
        SeenIdentity,
        "Say whose document the person showed.",
        lambda files, session, asked: files.check_identity(session, asked.reference, asked.result),
    )
    add(
        "/note",
        AddedNote,
        "Add a note for colleagues.",
        lambda files, session, asked: files.add_note(session, asked.reference, asked.text),
    )
    add(
        "/correction",
        MadeCorrection,
        "Put values right; the kiosk follows.",
        lambda files, session, asked: files.correct(session, asked.reference, asked.right, asked.reason),
    )
    add(
        "/completion",
        AddedToFile,
        "Add what the person brings, take a contact out with a reason; the kiosk follows.",
        lambda files, session, asked: files.complete(session, asked.reference, asked.added(), reason=asked.reason),
    )
    add(
        "/impossibility",
        FoundImpossibility,
        "Record that the online way was impossible.",
        lambda files, session, asked: files.record_impossibility(session, asked.reference, asked.ground, asked.detail),
    )
    add(
        "/papers",
        SeenPapers,
        "Say which papers were seen until now.",
        lambda files, session, asked: files.tick_papers(session, asked.reference, asked.seen),
    )
    add(
        "/missing",
        AskedPapers,
        "Say what is missing and until when it may be brought.",
        lambda files, session, asked: files.ask_papers(
            session, asked.reference, asked.missing, asked.others, asked.last_day()
        ),
    )
    add(
        "/missing/print",
        AboutFile,
        "Order the list that was asked for last of the kiosk's printer.",
        lambda files, session, asked: files.print_missing(session, asked.reference),
    )
    add(
        "/message",
        LeftAtKiosk,
        "Choose what the kiosk says at the next scan.",
        lambda files, session, asked: files.leave_message(session, asked.reference, asked.message),
    )
    add(
        "/withdrawal",
        AboutFile,
        "Withdraw the request, because the person asks for it; the kiosk follows.",
        lambda files, session, asked: files.withdraw(session, asked.reference),
    )
    _add_duplicates(router, bench)
    _add_rights(router, bench)
    return router


def _add_duplicates(router: APIRouter, bench: HallBench) -> None:
    duplicates = duplicates_at(bench)

    @router.post(
        "/duplicates",
        responses=problems(400, 401, 403, 413, 422),
        dependencies=SIGNED_IN,
        openapi_extra=body_of(AboutFile, "Whose other requests are looked for."),
    )
    async def post_duplicates(request: Request, response: Response) -> HallDuplicates:
        """Return requests that are probably of the same person, at whichever kiosk of the hall, oldest first."""
        token, asked = token_of(request), await body(AboutFile, request)
        response.headers.update(NoStore)
        found = await done(lambda: duplicates.of(bench.sessions.known(token), asked.reference))
        return HallDuplicates(duplicates=[*map(WireDuplicate.of, found)])

    @router.post(
        "/merge",
        responses=problems(400, 401, 403, 413, 422),
        dependencies=SIGNED_IN,
        openapi_extra=body_of(OtherRequest, "Which two requests are one."),
    )
    async def post_merge(request: Request, response: Response) -> HallFile:
        """Make two requests one, which keeps the earliest date."""
        token, asked = token_of(request), await body(OtherRequest, request)
        response.headers.update(NoStore)
        session = bench.sessions.known
        return HallFile.of(await done(lambda: duplicates.merge(session(token), asked.reference, asked.other)))

    @router.post(
        "/part",
        responses=problems(400, 401, 403, 413, 422),
        dependencies=SIGNED_IN,
        openapi_extra=body_of(OtherRequest, "Which request stands for itself again."),
    )
    async def post_part(request: Request, response: Response) -> HallFile:
        """Let a merged request stand for itself again."""
        token, asked = token_of(request), await body(OtherRequest, request)
        response.headers.update(NoStore)
        session = bench.sessions.known
        return HallFile.of(await done(lambda: duplicates.part(session(token), asked.reference, asked.other)))


def _add_rights(router: APIRouter, bench: HallBench) -> None:
    rights = HubPersonRights(bench)

    @router.post(
        "/export",
        responses=problems(400, 401, 403, 413, 422),
        dependencies=SIGNED_IN,
        openapi_extra=body_of(AboutFile, "Whose data are handed out."),
    )
    async def post_export(request: Request, response: Response) -> HandedOut:
        """Return all that is held of a person whose identity was checked; that it was handed out is an entry."""
        token, asked = token_of(request), await body(AboutFile, request)
        response.headers.update(NoStore)
        return HandedOut(held=await done(lambda: rights.export(bench.sessions.known(token), asked.reference)))

    @router.post(
        "/erasure",
        responses=problems(400, 401, 403, 413, 422),
        dependencies=SIGNED_IN,
        openapi_extra=body_of(AskedErasure, "Whose data are erased."),
    )
    async def post_erasure(request: Request, response: Response) -> HallFile:
        """Erase a person's data here, at the kiosk and at the centre above."""
        token, asked = token_of(request), await body(AskedErasure, request)
        response.headers.update(NoStore)
        session = bench.sessions.known
        return HallFile.of(await done(lambda: rights.erase(session(token), asked.reference, asked.repeated)))


def _door(
    bench: HallBench, kind: type[Asked], verb: Callable[[StaffSession, Asked], PersonFile]
) -> Callable[[Request, Response], Awaitable[HallFile]]:
    async def answer(request: Request, response: Response) -> Any:
        token, asked = token_of(request), await body(kind, request, _MOST_BYTES)
        response.headers.update(NoStore)
        return HallFile.of(await done(lambda: verb(bench.sessions.known(token), asked)))

    return answer
