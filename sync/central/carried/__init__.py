"""Entries that come by hand: bundles are checked whole, then taken as over HTTP."""
