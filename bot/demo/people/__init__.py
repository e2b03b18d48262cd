"""What a person does: say, click, submit, close."""
