"""What the views of several features draw alike."""
