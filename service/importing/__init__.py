"""Reference formats → Article."""
