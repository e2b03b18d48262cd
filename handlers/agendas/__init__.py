"""Delivery meetings' agendas in Slack."""
