"""Blocks to a one-bit picture or a PDF, with the bundled fonts."""
