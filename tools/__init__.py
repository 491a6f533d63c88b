"""Developer commands: `python -m tools.<name>`. Not shipped."""
