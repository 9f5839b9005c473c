"""Boxes of menus, teasers and comments: told by their links and little text, and read as text without elements.

Two thirds of a page's elements stand in such boxes, and no field of the article does. To take each of them apart costs
more than reading the article; the parser writes the text of a whole box in one call.
"""

from selectolax.lexbor import LexborNode

from schemas.document import COMMENT, ENDING, FURNITURE, NAVIGATION

BOXES = frozenset(("div", "nav", "footer", "aside", "section", "ul", "ol", "header", "form"))
LISTS = frozenset(("nav", "ul", "ol"))
"""Boxes that hold a menu or teasers whatever their class is, if they hold little else."""
SAID = NAVIGATION | FURNITURE | COMMENT | ENDING
"""All that the markup of such a box may say about it."""
FEWEST_LINKS = 4
LONGEST_TEASER, LONGEST_LABEL = 100, 60
"""Letters for each link, of a box that its markup calls furniture and of a list that it calls nothing."""
TOLD = (
    "h1, figure, time, [itemprop=author], [itemprop=itemListElement], [rel~=author], "
    "[class*=author], [class*=autor], [class*=byl], [class*=reporter], [class*=crumb]"
)
"""What may tell of the article after all: a box that holds one of these is taken apart."""
UNREAD = (
    'script, style, template, noscript, svg, iframe, select, [hidden], [style*="display:none"], '
    '[style*="display: none"]'
)


def is_furniture(node: LexborNode, said: int) -> bool:
    """Does a box hold links and their labels and nothing of the article? `said` are the bits of its own markup."""
    links = len(node.css("a"))
    if links < FEWEST_LINKS:
        return False
    longest = LONGEST_TEASER if said else LONGEST_LABEL
    return len(node.text_lexbor()) <= longest * links and node.css_first(TOLD) is None


def furniture_text(node: LexborNode) -> str:
    """The text of a box in one line, its pieces two blanks apart, without what is not shown.

    The box is of no other use afterwards.
    """
    for unread in node.css(UNREAD):
        unread.decompose(recursive=False)
    rows = node.text(separator="\n", skip_empty=True).split("\n")
    return "  ".join([piece for row in rows if (piece := row.strip())])
