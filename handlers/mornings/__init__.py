"""What people answer to their morning's message."""
