"""HTML → Document: one parse, one walk over the tree, the visible text and everything that stands beside it."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from schemas.document import (
    BREADCRUMB,
    COMMENT,
    ENDING,
    FLAT,
    NAVIGATION,
    OFFSCREEN,
    Data,
    Document,
    Element,
    Page,
    Tagged,
)
from service.reading.furniture import BOXES, LISTS, SAID, furniture_text, is_furniture
from service.reading.hints import BY_TAG, HINTING, ends_article, says
from service.reading.json_ld import read_json_ld
from service.reading.microdata import Items

UNSEEN, BLOCK, SEAMED, BESIDE, INLINE = range(5)
"""What an element does to the text around it. SEAMED are inline elements that style sheets set apart:
`<a>By</a><a>Ida Holm</a>` is not read `ByIda Holm`."""

# fmt: off
KINDS = {
    **dict.fromkeys((
        "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
        "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "picture", "pre", "section", "summary", "table",
        "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ), BLOCK),
    **dict.fromkeys((
        "script", "style", "template", "noscript", "head", "title", "svg", "iframe", "object", "embed", "audio",
        "canvas", "math", "select", "datalist", "textarea", "input", "map", "frameset", "noframes",
        "-text", "-comment", "-doctype",
    ), UNSEEN),
    **dict.fromkeys(("a", "span", "time", "label", "button", "cite"), SEAMED),
    **dict.fromkeys(("meta", "link"), BESIDE),
}
# fmt: on
HEARD = frozenset(("", "image source", "image credit", "photo credit", "credit", "photo", "bildquelle", "crédit photo"))
BLANKS = " \n\t\r\f\u00a0\u3000"

UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# fmt: off
WORTH_TEXT = frozenset((
    "author", "creator", "contributor", "editor", "translator", "name", "alternatename", "givenname", "familyname",
    "jobtitle", "email", "headline", "alternativeheadline", "title", "publisher", "sourceorganization",
    "copyrightholder", "datepublished", "datemodified", "datecreated", "uploaddate", "articlesection", "keywords",
    "description", "caption", "item", "itemlistelement", "inlanguage", "date", "issued",
))
# fmt: on
"""Properties whose text is kept; the article's body is in the document already."""
NO_OWN_TEXT = frozenset(("meta", "link", "img", "body", "article", "main"))
FEET = frozenset(("footer", "aside"))
HIDING = frozenset(("hidden", "style"))
SPECIAL = frozenset(("itemprop", "itemscope", "typeof", "property", "hidden", "style"))
ITEM_WORDS = frozenset(("itemprop", "itemscope", "typeof", "property"))
INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)

MOST_ELEMENTS = 60_000
DEEPEST = 100
"""Boxes within boxes that are asked for all their text at once: each asks again for what is in it."""
MOST_STATE = 2_000_000
"""Characters of state scripts kept: they are read last, and only where nothing else speaks."""


def read_html(markup: str | bytes, *, url: str | None = None) -> Document:
    """Take a page apart. `markup` is decoded text (bytes are taken for UTF-8); `url` the page's address, if known.

    Script, style, template and hidden content is not text. Bytes that are no HTML give a document all the same.
    """
    tree = LexborHTMLParser(markup)
    walk = Walk()
    head, body, root = tree.head, tree.body, tree.root
    if head is not None:
        child = head.first_child
        while child is not None:
            walk.beside(child, child.tag or "")
            child = child.next
    if body is not None:
        walk.down(body)
    language = (root.attributes.get("lang") or root.attributes.get("xml:lang")) if root is not None else None
    return Document(kind="html", text=walk.text(), url=url, language=language or None, page=walk.page())


class Walk:
    """One pass over the tree; holds what has been gathered so far."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.elements: list[Element] = []
        self.metas: list[Tagged] = []
        self.links: list[Tagged] = []
        self.data: list[Data] = []
        self.states: list[str] = []
        self.state_size = 0
        self.scripts = 0
        self.title: str | None = None
        self.items = Items()

    def text(self) -> str:
        """The visible text: one line a block, blanks collapsed."""
        return "".join(self.pieces)

    def page(self) -> Page:
        """Everything else."""
        text = self.text()
        for element in self.elements:
            # The gap before the first word was not written yet when the element opened.
            if element.start < element.end and text[element.start] in " \n":
                element.start += 1
        return Page(
            title=self.title,
            elements=tuple(self.elements),
            metas=tuple(self.metas),
            links=tuple(self.links),
            data=(*self.data, *self.items.found),
            states=tuple(self.states),
        )

    def down(self, top: LexborNode) -> None:
        """Walk without recursion: pages nest as deep as they like. Names are local here since it is the hot loop."""
        elements, items, pieces, tag_says = self.elements, self.items, self.pieces, BY_TAG.get
        stack: list[tuple[LexborNode, int, Element | None, int, bool]] = []
        node, parent, hidden = top, -1, False
        gap, seam, length, size, closed = "", False, 0, 0, -1
        while True:
            raw = node.text_content
            if raw is not None:
                if raw and not hidden:
                    words = raw.split()
                    if not words:
                        gap = gap or " "
                    else:
                        text = " ".join(words)
                        if not text.isprintable():
                            text = text.translate(INVISIBLE).strip()
                        if text:
                            if pieces and (gap or raw[0] in BLANKS or (seam and apart(pieces[-1], text))):
                                pieces.append(gap or " ")
                                length += 1
                            pieces.append(text)
                            length += len(text)
                            gap = " " if raw[-1] in BLANKS else ""
                            seam = False
            else:
                tag = node.tag or ""
                kind = KINDS.get(tag)
                if kind is None:
                    # An element of the page's own making is mostly a box.
                    kind = BLOCK if "-" in tag else INLINE
                if kind == UNSEEN:
                    if tag == "script":
                        self.script(node)
                else:
                    attributes = node.attributes
                    shown, said, flat = not hidden, tag_says(tag, 0), None
                    if attributes:
                        if not SPECIAL.isdisjoint(attributes):
                            if not ITEM_WORDS.isdisjoint(attributes) and (tag != "meta" or "itemprop" in attributes):
                                own = self.own_text(node, tag, attributes) if len(stack) < DEEPEST else ""
                                items.enter(len(stack), tag, attributes, own, f"{tag}[{size}]")
                            if shown and not HIDING.isdisjoint(attributes):
                                shown = not is_hidden(attributes)
                        if kind == BESIDE:
                            self.beside(node, tag)
                        if shown:
                            if names := attributes.get("class"):
                                said |= says(names)
                                # A colon that only screen readers hear joins a kicker to its headline, a label there
                                # tells a picture's credit.
                                shown = not said & OFFSCREEN or (node.text() or "").strip(" ,:").lower() in HEARD
                                said &= ~OFFSCREEN
                            if not HINTING.isdisjoint(attributes):
                                for name in HINTING.intersection(attributes):
                                    said |= says(attributes[name] or "")
                    element = None
                    if shown and size < MOST_ELEMENTS:
                        if kind == BLOCK:
                            gap = "\n"
                        elif kind != SEAMED:
                            seam = False
                        elif closed == length:
                            seam = bool(pieces)  # <b>Ida Holm</b><span>Editor</span>
                        if tag in FEET and ends_article(attributes.get("class") or ""):
                            said |= ENDING
                        if (
                            (said or tag in LISTS)
                            and tag in BOXES
                            and not said & ~SAID
                            and len(stack) < DEEPEST
                            and not (parent >= 0 and elements[parent].says & BREADCRUMB)
                            and is_furniture(node, said)
                        ):
                            flat, said = self.furniture(node), FLAT | (said & COMMENT or NAVIGATION)
                        element = Element(tag, attributes, parent, size, length, length, said)
                        elements.append(element)
                        size += 1
                        if flat:
                            if pieces:
                                pieces.append("\n")
                                length += 1
                            pieces.append(flat)
                            element.start, length = length, length + len(flat)
                            element.end = length
                            gap, seam = "\n", False
                    child = node.first_child if flat is None else None
                    if child is not None:
                        stack.append((node, kind, element, parent, hidden))
                        if element is not None:
                            parent = size - 1
                        node, hidden = child, not shown
                        continue
                    if kind == SEAMED and element is not None:
                        seam = bool(pieces)
                    if items.open:
                        items.leave(len(stack))
            following = node.next
            while following is None:
                if not stack:
                    return
                node, kind, element, parent, hidden = stack.pop()
                if element is not None:
                    element.end = closed = length
                    element.last = size - 1
                    if kind == BLOCK:
                        gap = "\n"
                    elif kind == SEAMED:
                        seam = bool(pieces)
                if items.open:
                    items.leave(len(stack))
                following = node.next
            node = following

    def furniture(self, node: LexborNode) -> str:
        """The text of a box that is not taken apart; its scripts are read as all others."""
        for script in node.css("script"):
            self.script(script)
        return furniture_text(node)

    def own_text(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> str:
        """The text of a microdata property, short ones only: an article's body is not copied."""
        if tag in NO_OWN_TEXT or attributes.get("content"):
            return ""
        name = (attributes.get("itemprop") or attributes.get("property") or "").lower()
        if name.rsplit(":", 1)[-1].rsplit(".", 1)[-1] not in WORTH_TEXT:
            return ""
        return tidied(node.text(separator=" "))[:2000]

    def beside(self, node: LexborNode, tag: str) -> None:
        """What is not text: meta, link, title, script."""
        if tag == "meta":
            attributes = node.attributes
            content = attributes.get("content")
            if content:
                for key in ("name", "property", "itemprop", "http-equiv"):
                    for name in (attributes.get(key) or "").lower().split():
                        self.metas.append(Tagged(name, content))
            elif attributes.get("charset") is None:
                value = attributes.get("value")
                if value and attributes.get("name"):
                    self.metas.append(Tagged((attributes["name"] or "").lower(), value))
        elif tag == "link":
            attributes = node.attributes
            href = attributes.get("href")
            if href:
                for rel in (attributes.get("rel") or "").lower().split():
                    if rel not in {"stylesheet", "preload", "icon", "preconnect", "dns-prefetch", "prefetch"}:
                        self.links.append(Tagged(rel, href))
        elif tag == "title":
            if self.title is None:
                self.title = " ".join((node.text(deep=True) or "").translate(INVISIBLE).split()) or None
        elif tag == "script":
            self.script(node)

    def script(self, node: LexborNode) -> None:
        """JSON-LD is read, state scripts that may name an author or a date are kept, the rest is passed over."""
        self.scripts += 1
        kind = (node.attributes.get("type") or "").lower()
        if "ld+json" in kind:
            path = f"script[{self.scripts}]"
            for value in read_json_ld(node.text(deep=True) or ""):
                self.data.append(Data("json-ld", path, value))
        elif not kind or "json" in kind or "javascript" in kind:
            text = node.text(deep=True) or ""
            if len(text) > 40 and self.state_size + len(text) <= MOST_STATE:
                self.states.append(text)
                self.state_size += len(text)


def apart(before: str, text: str) -> bool:
    """Do two inline elements that touch hold words of their own? A small letter goes on with the word before it."""
    return (before[-1].isalnum() or before[-1] in ".!?)»”") and text[0].isalnum() and not text[0].islower()


def tidied(text: str) -> str:
    """In one line, without letters that nobody sees."""
    text = " ".join(text.split())
    return text if text.isprintable() else text.translate(INVISIBLE).strip()


def is_hidden(attributes: dict[str, str | None]) -> bool:
    """Hidden by attribute or by inline style."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return bool(style and UNSHOWN.search(style))
