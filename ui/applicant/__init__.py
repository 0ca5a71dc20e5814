"""Screens of the public."""
