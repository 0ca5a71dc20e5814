"""The section « Mon compte » at a hub, whose accounts are made at its command line."""

from ui.composition.hub import Hub
from ui.supervisor.own_factor_section import OwnFactorSection
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import staff_translator


def own_factor_section(hub: Hub, work: StaffWork) -> OwnFactorSection:
    """Return the second factor of whoever is signed in."""
    from sync.client.hub_factor import HttpFactor  # noqa: PLC0415  # without a hub nothing of HTTP is loaded

    return OwnFactorSection(staff_translator(), work, HttpFactor(hub.link))
