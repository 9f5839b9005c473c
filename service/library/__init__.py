"""Stored articles."""
