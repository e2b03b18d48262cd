"""How a client is, and when that needs somebody."""
