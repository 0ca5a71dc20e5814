"""A TicketPrinter made of the parts beside it."""
