"""Rules about what can be read at all, and about the directives of this linter."""
