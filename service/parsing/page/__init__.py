"""HTML Document → Article: candidates of every source, one arbitration a field, evidence for what is chosen."""

from service.parsing.page.article import parse_page

__all__ = ["parse_page"]
