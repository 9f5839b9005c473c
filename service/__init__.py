"""Tearsheet: bytes → Document → Article → CSL item → citation or export."""
