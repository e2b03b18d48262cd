"""Actions in Slack: what people promised to do, wherever it follows from."""
