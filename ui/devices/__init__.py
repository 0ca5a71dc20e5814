"""What people touch or hold that is not the screen, each behind a signal or a port."""
