"""What the workspace remembers: people, conversations, messages, modals."""
