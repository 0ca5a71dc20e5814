"""The printer that can fail, behind TCP or a pty: for tests, demonstration and training."""
