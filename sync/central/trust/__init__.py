"""Who may speak to the centre, and with which keys."""
