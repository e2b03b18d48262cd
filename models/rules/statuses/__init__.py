"""Red, amber, green: what a status says, owes and hides."""
