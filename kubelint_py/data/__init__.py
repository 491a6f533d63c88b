"""Tables with their source and date."""
