"""Erasing a person's data at the centre, so that they do not come back."""
