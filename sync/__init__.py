"""Between machines."""
