"""The risk register in Slack."""
