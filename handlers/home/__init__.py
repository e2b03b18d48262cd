"""The app's Home in Slack: what a person owes first, then their projects."""
