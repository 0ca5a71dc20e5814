"""People at the centre: accounts, sessions, and the files that they may find and open."""
