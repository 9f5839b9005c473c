"""Article → reference formats."""
