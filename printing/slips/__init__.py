"""What goes over the line for one ticket: its picture, or French in the printer's letters and the rest as pictures."""
