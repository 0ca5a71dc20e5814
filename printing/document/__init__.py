"""What a ticket says, as blocks of text, code, rule and cut."""
