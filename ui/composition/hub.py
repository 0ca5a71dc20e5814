"""What a counter or a display works with when it stands on a hub instead of a store of its own."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import structlog

from kiosk.errors import HubLostError
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.settings import Settings
from ui.composition.site_data import SiteData

if TYPE_CHECKING:
    from sync.client.hub_desk import HttpCallBoard, HttpDesk
    from sync.client.hub_link import HubLink
    from sync.client.hub_machines import HttpMachines
    from sync.protocol.hall import HallDescription


def at_hub(settings: Settings, url: str | None) -> Settings:
    """Return the settings with the hub of the command line, if it names one."""
    if url is None:
        return settings
    return settings.model_copy(update={"hall": settings.hall.model_copy(update={"hub_url": url})})


@dataclass(frozen=True, slots=True)
class Hub:
    """What a counter works with at the hub of its site.

    Attributes:
        settings: of this machine.
        data: what the site's files say.
        clock: of this machine.
        link: to the hub.
        desk: behind the door and the hall.
        description: what the hub says of its hall.
        machines: the kiosks of the hall.
    """

    settings: Settings
    data: SiteData
    clock: Clock
    link: "HubLink"
    desk: "HttpDesk"
    description: "HallDescription"
    machines: "HttpMachines"

    def today(self) -> date:
        """Return the civil day by this machine's clock."""
        return self.clock.read().moment(self.data.site.departement.timezone).civil_date


def open_hub(settings: Settings, data: SiteData, clock: Clock) -> Hub:
    """Return the hub of a site, as a counter sees it.

    Where the hub does not answer now, the screen opens all the same, with the counters of this machine's settings.

    Raises:
        ConfigurationError: the address or the authority of the hub is wrong, or it has no hall.
    """
    from sync.client.hub_desk import HttpDesk, hub_hall  # noqa: PLC0415  # without a hub nothing of HTTP is loaded
    from sync.client.hub_machines import HttpMachines  # noqa: PLC0415
    from sync.protocol.hall import HallDescription  # noqa: PLC0415

    link = _link(settings, clock)
    try:
        description = hub_hall(link)
    except HubLostError as error:
        structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__, screen="supervisor")
        description = HallDescription(
            counters=list(settings.hall.counters),
            services=dict(data.catalogue.services),
            has_accounts=True,
            has_centre=True,
        )
    return Hub(
        settings, data, clock, link, HttpDesk(link, description, data.read_file), description, HttpMachines(link)
    )


def hub_call_board(settings: Settings, clock: Clock) -> "HttpCallBoard":
    """Return the hub's calls, for a display.

    Raises:
        ConfigurationError: the address or the authority of the hub is wrong.
    """
    from sync.client.hub_desk import HttpCallBoard  # noqa: PLC0415

    return HttpCallBoard(_link(settings, clock), lambda: clock.read().utc)


def _link(settings: Settings, clock: Clock) -> "HubLink":
    from sync.client.hub_link import HubLink  # noqa: PLC0415

    return HubLink(settings.hall, lambda: clock.read().utc)
