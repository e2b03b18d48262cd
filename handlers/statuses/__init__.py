"""The weekly status in Slack."""
