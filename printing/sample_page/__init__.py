"""The page that shows an installer which profile fits a printer: width, blackness, letters, codes, cut."""

from printing.sample_page.page import sample_page
from printing.sample_page.sending import send_page

__all__ = ["sample_page", "send_page"]
