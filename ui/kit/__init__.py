"""Theme, buttons, on-screen keyboard, translation, background work."""
