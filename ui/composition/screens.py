"""What everything that draws stands on: the one QApplication, and what the public's screens work with."""

# ruff: noqa: PLC0415  # a command that draws nothing must not load Qt

import os
from typing import TYPE_CHECKING

from kiosk.errors import ConfigurationError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from kiosk.ports.speech import Speech
    from ui.applicant.return_services import ReturnServices
    from ui.applicant.services import ApplicantServices
    from ui.composition.machine import Machine


def gui_application(*, on_screen: bool = False) -> "QApplication":
    """Return the one QApplication of this process, with the bundled fonts.

    Args:
        on_screen: whether somebody will look at it; otherwise only letters are drawn, which needs no display.

    Raises:
        ConfigurationError: there is no display to show anything on.
    """
    if "QT_QPA_PLATFORM" not in os.environ:
        if not on_screen:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        elif not has_display():
            raise ConfigurationError("DISPLAY", "a display to show the screens on; there is none (see QT_QPA_PLATFORM)")
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QApplication

    from printing.render.fonts import load_fonts
    from ui.kit.accessible_tree import mend_accessible_tree

    application = QApplication.instance() or QApplication(["borne"])
    if not isinstance(application, QApplication):
        raise TypeError(f"a QApplication, not {type(application).__name__}")
    application.setApplicationName("borne")
    families = list(load_fonts())
    if application.font().families() != families:  # the first time, on the main thread; later whoever prints asks too
        application.setFont(QFont(families))
    if on_screen:
        mend_accessible_tree()
    return application


def has_display() -> bool:
    """Tell whether this process can show windows to somebody."""
    platform = os.environ.get("QT_QPA_PLATFORM")
    if platform is not None:
        return platform not in {"offscreen", "minimal"}
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def applicant_services(machine: "Machine", speech: "Speech | None" = None) -> "ApplicantServices":
    """Return what the public's screens work with."""
    from ui.applicant.services import ApplicantServices

    return ApplicantServices(
        catalogue=machine.catalogue,
        places=machine.places,
        calendar=machine.data.calendar,
        site=machine.site,
        settings=machine.settings.screen,
        clock=machine.clock,
        new_key=machine.entropy.identifier,
        file_request=machine.visitors.file_and_notify,
        issue_ticket=machine.paper.issue_ticket,
        print_ticket=machine.paper.print_and_notify,
        # What prints is loaded after the first page is seen.
        print_form=lambda language: machine.paper.print_form(language),  # noqa: PLW0108
        expire_print_job=machine.paper.expire_print_job,
        call_agent=machine.visitors.call_agent,
        tell_visit=lambda is_here: machine.visitor.set() if is_here else machine.visitor.clear(),
        returning=_return_services(machine),
        keep_days=machine.keeping.days,
        hours=machine.data.hours,
        files_when_closed=machine.settings.hours.files_when_closed,
        has_scanner=machine.settings.scanner.is_there,
        has_printer=machine.paper.has_printer,
        speech=speech,
    )


def _return_services(machine: "Machine") -> "ReturnServices":
    from ui.applicant.return_services import ReturnServices

    return ReturnServices(
        find=machine.visitors.find_ticket,
        recognise=machine.visitors.recognise_holder,
        look_again=machine.visitors.recognise_holder.again,
        complete=lambda order, added: machine.visitors.and_notify(machine.visitors.complete_request(order, added)),
        ask_correction=lambda order, right: machine.visitors.and_notify(machine.visitors.ask_correction(order, right)),
        withdraw=lambda order: machine.visitors.and_notify(machine.visitors.withdraw_request(order)),
        reprint=machine.paper.reprint_for_holder,
        list_passages=machine.visitors.list_passages,
    )
