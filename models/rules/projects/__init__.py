"""What a project is like, and who does what on it."""
