"""State machines as tables of transitions."""
