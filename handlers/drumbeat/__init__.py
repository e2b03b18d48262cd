"""The one command that holds all others."""
