"""Values and pure functions of the field: requests, references, procedures, periods."""
