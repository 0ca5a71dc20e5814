"""The screen of the hall: whose number is called, and to which counter."""
