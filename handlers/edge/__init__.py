"""What stands between Slack and every listener: finds it, runs it, says what it answers."""
