"""The evidence: entries, their canonical form, chain, signatures, seal and verification. Pure."""
