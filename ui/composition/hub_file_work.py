"""What staff do with a person's file, joined to the hub of the site."""

from ui.composition.file_work import FileVerbs, file_forms
from ui.composition.hub import Hub
from ui.supervisor.file_actions import FileActions
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import staff_translator


def file_actions_at_hub(hub: Hub, work: StaffWork) -> FileActions:
    """Return the list of what can be done with a file at a hub, and the forms behind it.

    A list of missing papers comes out at the kiosk at which the request was filed, by an order.
    """
    from sync.client.hub_file_work import (  # noqa: PLC0415  # without a hub nothing of HTTP is loaded
        HttpDuplicates,
        HttpFileWork,
        HttpPersonRights,
    )

    tr, words = staff_translator(), hub.data.read_file
    verbs = FileVerbs(HttpFileWork(hub.link, words), HttpPersonRights(hub.link, words), HttpDuplicates(hub.link, words))
    keep_days = hub.settings.retention.request_days
    return FileActions(tr, work, file_forms(tr, verbs, work, hub.data.site, keep_days))
