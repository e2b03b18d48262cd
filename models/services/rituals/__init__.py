"""Rituals: set up, planned, and carried out step by step."""
