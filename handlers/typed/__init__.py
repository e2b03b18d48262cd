"""Reads what people type after a command: dates, names, projects, weeks, what a list is to show."""
