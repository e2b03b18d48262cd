"""A retrospective's life and its formats."""
