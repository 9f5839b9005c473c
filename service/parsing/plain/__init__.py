"""A text copied from a page → Article: roles of lines first, then the fields, with the place of each in the text."""

from service.parsing.plain.article import parse_plain

__all__ = ["parse_plain"]
