"""Builders and stand-ins that the tests share; every stand-in keeps the contract of its port and can fail."""
