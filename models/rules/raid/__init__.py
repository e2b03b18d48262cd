"""The records beside risks, and their lives."""
