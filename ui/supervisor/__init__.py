"""Screens of the staff."""
