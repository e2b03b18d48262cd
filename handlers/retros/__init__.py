"""Retrospectives in Slack: started, written to, closed, and made something of."""
