"""Issues, assumptions, dependencies and decisions in Slack."""
