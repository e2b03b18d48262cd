"""Projects in Slack."""
