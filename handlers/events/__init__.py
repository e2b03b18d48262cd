"""What Slack tells us of its own accord."""
