"""What the centre orders of the machines: configuration, catalogue, statuses, erasures, reprints."""
