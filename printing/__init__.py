"""From a filed request to dots on paper."""
