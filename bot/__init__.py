"""The composition root and everything at the edge: Slack, HTTP, settings, the command line."""
