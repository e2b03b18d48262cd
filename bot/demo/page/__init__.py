"""The demo workspace's page: what a person sees and does in the browser."""
