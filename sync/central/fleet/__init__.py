"""The fleet of kiosks, as administrators see it: conditions, figures, alarms, and the page that shows them."""
