"""Netscape bookmarks, which every browser imports: a link an article, its abstract below."""

from html import escape

from service.exporting.reference import Reference, strung

HEAD = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
"""


def entry(reference: Reference) -> str:
    """One link; an article without an address has nothing to bookmark and is left out."""
    article, title = reference.article, reference.folded("title")
    if not article.url:
        return ""
    tags = f' TAGS="{escape(",".join(article.keywords))}"' if article.keywords else ""
    about = f"<DD>{escape(reference.folded('abstract'))}\n" if article.abstract else ""
    return f'<DT><A HREF="{escape(article.url)}"{tags}>{escape(title or article.url)}</A>\n{about}'


write = strung(entry, HEAD, "", "</DL><p>\n")
