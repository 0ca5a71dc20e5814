"""Whether the centre is well, for those who watch over it."""

import sqlalchemy as sa
from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from sync.central.context import CentreContext
from sync.central.reading import reading
from sync.central.tables import entries, origins, requests, set_aside


def health_router(centre: CentreContext) -> APIRouter:
    """Return the addresses of health and figures."""
    router = APIRouter()

    @router.get("/healthz", response_class=PlainTextResponse)
    def healthz() -> str:
        """Say that the centre and its database answer."""
        with reading(centre.engine) as connection:
            connection.execute(sa.select(1))
        return "ok\n"

    @router.get("/metrics", response_class=PlainTextResponse)
    def metrics() -> str:
        """Count what the centre holds (Prometheus text)."""
        with reading(centre.engine) as connection:
            return "".join(
                f"# TYPE borne_centre_{table.name} gauge\nborne_centre_{table.name} "
                f"{connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()}\n"
                for table in (origins, entries, requests, set_aside)
            )

    return router
