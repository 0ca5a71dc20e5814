"""A hub passes on what it holds to the centre above it: the receiving side's store, the sending side's link."""
