"""The side of the machine that sends."""
