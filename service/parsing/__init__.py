"""Document → Article."""
