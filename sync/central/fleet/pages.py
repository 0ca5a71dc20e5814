"""The administrators' page: server-rendered, without a script, readable by everybody."""

from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Annotated, Any, Final

import jinja2
import structlog
from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.exc import SQLAlchemyError

from kiosk.log_events import LogEvent
from sync.central.conditional import kept_answer
from sync.central.context import CentreContext
from sync.central.desk.accounts import AccountRole
from sync.central.desk.sessions import Session, SignIn, forget, keep, same, session_of, sign_out
from sync.central.fleet.alarms import alarms_of
from sync.central.fleet.figures import figures_of
from sync.central.fleet.forms import FORM_FIELD, form_of, fresh_form_token, is_from_our_form, keep_form_token
from sync.central.fleet.french import ago, counted, day, duration, instant, number, utc_text
from sync.central.fleet.kiosks import evidence_of, kiosk_of, kiosks_of
from sync.central.fleet.looks import chain_look, clock_look, contact_look, explained, paper_look
from sync.central.reading import reading
from sync.central.refusals import RefusedRequestError
from sync.protocol.problems import ProblemCode

TEMPLATES: Final = FilePath(__file__).parent / "templates"
HOME: Final = "/fleet"
SIGN_IN: Final = "/fleet/connexion"
EVIDENCE_SHOWN: Final = 100
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_FILES: Final = {"fleet.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
WEEKDAYS: Final = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
REASONS: Final = {
    "conflict": "conflit",
    "bad_entry": "non authentique",
    "payload": "contenu différent de l'empreinte",
    "duplicate_reference": "référence donnée deux fois",
}


def fleet_router(centre: CentreContext) -> APIRouter:
    """Return the addresses of the administrators' page."""
    router = APIRouter(include_in_schema=False)
    pages = _Pages(centre)
    files = {name: ((TEMPLATES / name).read_bytes(), media_type) for name, media_type in _FILES.items()}

    @router.get("/fleet/fleet.css")
    @router.get("/fleet/icon.svg")
    def part(request: Request) -> Response:
        body, media_type = files[request.url.path.rpartition("/")[2]]
        return kept_answer(request, body, media_type, HEADERS | {"Cache-Control": "no-cache"})

    @router.get(SIGN_IN)
    def sign_in_form(request: Request) -> Response:
        return pages.sign_in_form(request)

    @router.post(SIGN_IN)
    async def signing_in(request: Request) -> Response:
        form = await form_of(request)
        return await run_in_threadpool(pages.answered, lambda: pages.sign_in(request, form))

    @router.post("/fleet/deconnexion")
    async def signing_out(request: Request) -> Response:
        form = await form_of(request)
        return await run_in_threadpool(pages.answered, lambda: pages.sign_out(request, form))

    @router.get(HOME)
    def fleet(request: Request) -> Response:
        return pages.answered(lambda: pages.fleet(request))

    @router.get("/fleet/bornes/{origin}")
    def kiosk(request: Request, origin: Annotated[str, Path(max_length=32)]) -> Response:
        return pages.answered(lambda: pages.kiosk(request, origin))

    return router


class _Pages:
    """Makes each page from what the centre knows."""

    def __init__(self, centre: CentreContext) -> None:
        self._centre = centre
        self._open = SignIn(centre)
        self._templates = _templates()

    def answered(self, page: Callable[[], Response]) -> Response:
        """Return a page, or one that says in French that the database does not answer."""
        try:
            return page()
        except SQLAlchemyError as error:
            structlog.get_logger().error(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__)
        text = "La base du centre ne répond pas. Rien n'est perdu : les bornes gardent leurs dépôts. Réessayez bientôt."
        answer = self._page("message.html", 503, title="Centre indisponible", text=text)
        answer.headers["Retry-After"] = "30"
        return answer

    def sign_in_form(
        self, request: Request, *, problem: str = "", name: str = "", asks_code: bool = False, status: int = 200
    ) -> Response:
        token = fresh_form_token(request)
        values = {"form_token": token, "problem": problem, "name": name, "asks_code": asks_code}
        page = self._page("sign_in.html", status, **values)
        keep_form_token(request, page, token)
        return page

    def sign_in(self, request: Request, form: dict[str, str]) -> Response:
        if not is_from_our_form(request, form):
            return self.sign_in_form(request, problem="Le formulaire a expiré. Recommencez.", status=403)
        name = form.get("name", "")[:100]
        try:
            session = self._open(name, form.get("password", "")[:200], form.get("code", "")[:100])
        except RefusedRequestError as refusal:
            return self._refused(request, refusal, name, asks_code="code" in form)
        answer = RedirectResponse(HOME, 303, HEADERS)
        keep(answer, request, session)
        return answer

    def _refused(self, request: Request, refusal: RefusedRequestError, name: str, *, asks_code: bool) -> Response:
        if refusal.code is ProblemCode.CODE_NEEDED:
            problem = "Ce compte demande aussi un code. Tapez de nouveau le mot de passe, puis le code."
            return self.sign_in_form(request, problem=problem, name=name, asks_code=True, status=401)
        if refusal.code is ProblemCode.FORBIDDEN:
            problem = "Ce compte doit d'abord prendre un code du téléphone, à l'écran d'un guichet (« Mon compte »)."
            return self.sign_in_form(request, problem=problem, name=name, status=403)
        if refusal.code is not ProblemCode.TOO_MANY:
            problem = "Mot de passe ou code incorrect." if asks_code else "Nom ou mot de passe incorrect."
            return self.sign_in_form(request, problem=problem, name=name, asks_code=asks_code, status=401)
        wait = refusal.retry_after_s or 60
        minutes = counted(-(-wait // 60), "minute")
        problem = f"Trop d'essais. Réessayez dans {minutes}, ou demandez un nouveau mot de passe."
        page = self.sign_in_form(request, problem=problem, name=name, status=429)
        page.headers["Retry-After"] = str(wait)
        return page

    def sign_out(self, request: Request, form: dict[str, str]) -> Response:
        session = session_of(self._centre, request)
        if session is not None and same(session.form_token, form.get(FORM_FIELD, "")):
            sign_out(self._centre, session)
        answer = RedirectResponse(SIGN_IN, 303, HEADERS)
        forget(answer, request)
        return answer

    def fleet(self, request: Request) -> Response:
        session = self._administrator(request)
        if isinstance(session, Response):
            return session
        now = self._centre.now()
        with reading(self._centre.engine) as connection:
            kiosks = kiosks_of(connection, session.account)
            figures = figures_of(connection, session.account, now)
        alarms = alarms_of(kiosks, now)
        return self._page("fleet.html", session=session, now=now, kiosks=kiosks, figures=figures, alarms=alarms)

    def kiosk(self, request: Request, origin: str) -> Response:
        session = self._administrator(request)
        if isinstance(session, Response):
            return session
        now = self._centre.now()
        with reading(self._centre.engine) as connection:
            kiosk = kiosk_of(connection, session.account, origin)
            evidence = evidence_of(connection, kiosk, EVIDENCE_SHOWN) if kiosk is not None else []
        if kiosk is None:
            text = "Aucune borne de ce nom dans votre périmètre."
            return self._page("message.html", 404, session=session, title="Borne inconnue", text=text)
        alarms = alarms_of([kiosk], now)
        return self._page("kiosk.html", session=session, now=now, kiosk=kiosk, evidence=evidence, alarms=alarms)

    def _administrator(self, request: Request) -> Session | Response:
        session = session_of(self._centre, request)
        if session is None:
            return RedirectResponse(SIGN_IN, 303, HEADERS)
        if session.account.role is not AccountRole.ADMINISTRATOR:
            text = "Cette page est réservée aux administrateurs. Votre compte donne accès aux dossiers, au guichet."
            return self._page("message.html", 403, session=session, title="Accès réservé", text=text)
        return session

    def _page(self, template: str, status: int = 200, **values: Any) -> Response:
        text = self._templates.get_template(template).render(**values, centre=self._centre.name)
        return HTMLResponse(text, status, HEADERS)


def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(instant=instant, number=number, utc=utc_text, duration=duration, day=day)
    environment.globals.update(
        ago=ago,
        counted=counted,
        chain_look=chain_look,
        clock_look=clock_look,
        contact_look=contact_look,
        explained=explained,
        paper_look=paper_look,
        reasons=REASONS,
        weekdays=WEEKDAYS,
        evidence_shown=EVIDENCE_SHOWN,
    )
    return environment
