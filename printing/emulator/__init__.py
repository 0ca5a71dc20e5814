"""The printer that can fail, behind TCP or a pty: for tests, demonstration and training."""

from printing.emulator.control_file import ControlFile
from printing.emulator.device import EmulatedPrinter
from printing.emulator.fault_lines import obey_line
from printing.emulator.servers import serve_pty, serve_tcp

__all__ = ["ControlFile", "EmulatedPrinter", "obey_line", "serve_pty", "serve_tcp"]
