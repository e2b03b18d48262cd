"""What reaches a person, and when."""
