"""Commands to bytes and bytes to status; no input or output."""
