"""How projects stand: submitting, changing and reading it, plans back to green, and looks inside."""
