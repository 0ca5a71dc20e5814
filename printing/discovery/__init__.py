"""What ticket printers are attached, how they answer, and the settings that would use them."""

from printing.discovery.asking import Found, ask_all
from printing.discovery.attached import Candidate, Kind, UsbLookError, attached, device_at
from printing.discovery.network import hosts_with_port
from printing.discovery.proposal import guessed_profile, settings_text

__all__ = [
    "Candidate",
    "Found",
    "Kind",
    "UsbLookError",
    "ask_all",
    "attached",
    "device_at",
    "guessed_profile",
    "hosts_with_port",
    "settings_text",
]
