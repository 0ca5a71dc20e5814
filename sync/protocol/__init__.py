"""Messages, canonical bytes and status words of the sync protocol."""
