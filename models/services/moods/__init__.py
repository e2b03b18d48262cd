"""Clients' moods: logging, changing and reading them, and the alerts that follow."""
