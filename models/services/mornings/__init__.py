"""One message a working day to each person: planned, read when it is drawn, and kept up to date."""
