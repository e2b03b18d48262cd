"""Clients' moods in Slack."""
