"""What clients say of their satisfaction, in Slack."""
