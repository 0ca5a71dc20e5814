"""Moving bytes to a printer and back, with a deadline on each."""
