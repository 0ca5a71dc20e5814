"""What Borne knows and promises: no screen, no network, no printer bytes."""
