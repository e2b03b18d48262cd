"""Projects: made of channels, and found again."""
