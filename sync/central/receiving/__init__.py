"""Taking entries: each once, in order, checked; what cannot be taken is kept aside."""
