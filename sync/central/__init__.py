"""Centre and hub: takes entries, checks them, keeps them, says so."""
