"""Actions: what people promised to do, whatever it follows from."""
