"""Data that ships with Borne; no code."""
