"""Article → CSL item: the right fields for the style that is to print them, or the plain item for every other use."""

import re
from typing import Any

from schemas.article import Article, Creator, Photo
from service.errors import BadInput
from service.referencing.dates import csl_date
from service.referencing.manuals import Manual, manual
from service.referencing.names import authors, csl_names
from service.referencing.photographs import picture
from service.referencing.titles import is_english, plain, protected, says_where, short_title, site_name, without_the

__all__ = ["photo_to_csl", "plain_item", "to_csl"]

Item = dict[str, Any]

_EDITION = re.compile(r"(?<=\w)\s+edition$", re.IGNORECASE)
"""Chicago's styles print the word themselves behind the name of a newspaper's edition."""


def to_csl(article: Article, *, style: str | None = None, id: str | None = None) -> Item:  # noqa: A002 - CSL's name
    """The CSL-JSON item of an article, valid by CSL's data schema.

    Without `style`: all that CSL can hold, headline as printed, no markup; for exports. With a style's id, alias or
    family (of a dependent style, its parent's id): what that style is to print. There the breadcrumb is no `section`,
    only a named column is; the short title is supplied; names are kept from the style's title case; the place stands
    only for a paper whose name does not say it; and what a manual asks of agencies, an initial The and uncertain dates
    is set, since no style can know it.
    """
    rules = manual(style)
    if article.kind == "graphic":
        return _photograph(article, _as_photo(article), rules, style, id, title=article.headline)
    item: Item = {"id": id or _id(article), "type": _type(article)}
    if article.language:
        item["language"] = article.language
    people = authors(article.authors, article.agencies, agency_as_author=rules.family != "mla")
    if people:
        item["author"] = people
    _set_names(item, "translator", article.translators)
    _set_titles(item, article, rules, style)
    _set_publication(item, article, rules, style)
    _set_dates(item, article, rules, style)
    _set_texts(
        item,
        {
            "original-title": article.original_title,
            "section": article.column,
            "genre": article.genre,
            "edition": _EDITION.sub("", article.edition or "") if rules.family == "chicago" else article.edition,
            "page": article.page,
            "DOI": article.doi,
            "URL": article.url or article.archive_url,
            "abstract": article.abstract,
            "note": article.note,
        },
    )
    if style is None:
        _set_names(item, "contributor", article.contributors)
        _set_names(item, "editor", article.editors)
        _set_texts(item, {"keyword": ", ".join(article.keywords)})
    return item


def photo_to_csl(
    article: Article,
    n: int,
    *,
    style: str | None = None,
    id: str | None = None,  # noqa: A002 - CSL's name
) -> Item:
    """The CSL-JSON item of the article's picture number `n`, counted from 0; `style` as in `to_csl`.

    A news picture has no title: the manuals want a description in its place, each in another variable. Raises BadInput
    where the article has no such picture.
    """
    if not 0 <= n < len(article.photos):
        raise BadInput(f"the article has {len(article.photos)} pictures, none has the number {n}", "n")
    return _photograph(article, article.photos[n], manual(style), style, id or f"{_id(article)}-photo-{n}", title=None)


def plain_item(item: Item) -> Item:
    """An item without the markup that rendering needs: what a reader of the answer is shown as “the item used”."""
    return {name: plain(value) if isinstance(value, str) else value for name, value in item.items()}


def _id(article: Article) -> str:
    return article.doi or article.url or article.archive_url or "article"


def _type(article: Article) -> str:
    """CSL's type: a site that is no paper (CNN, Reuters) is a web page (APA 7, 10.16); a magazine's is a magazine's."""
    medium = article.publication.medium if article.publication else None
    if article.kind == "article-newspaper" and medium in {"web", "broadcaster", "agency"}:
        return "webpage"
    if article.kind == "article-newspaper" and medium == "magazine":
        return "article-magazine"
    return article.kind


def _set_names(item: Item, variable: str, creators: tuple[Creator, ...]) -> None:
    names = csl_names(creators)
    if names:
        item[variable] = names


def _set_texts(item: Item, texts: dict[str, str | None]) -> None:
    item |= {variable: text for variable, text in texts.items() if text}


def _set_titles(item: Item, article: Article, rules: Manual, style: str | None) -> None:
    headline = article.headline
    if not headline:
        return
    if style is None:
        item["title"] = headline
        _set_texts(item, {"title-short": article.short_title})
        return
    language = article.language
    item["title"] = protected(headline, language, capitals=rules.capitals)
    short, capitals = article.short_title, rules.capitals
    if rules.family == "apa":
        # APA cites an article without an author by its whole title, in title case of APA's own kind
        capitals = 4
        if not short and "author" not in item:
            short = headline
    elif not short:
        short = short_title(headline, language)
    if short:
        item["title-short"] = protected(short, language, capitals=capitals)


def _set_publication(item: Item, article: Article, rules: Manual, style: str | None) -> None:
    paper = article.publication
    if paper is None:
        return
    name = paper.name
    if style is None:
        _set_texts(
            item,
            {
                "container-title": name,
                "container-title-short": paper.short_name,
                "publisher": paper.publisher,
                "publisher-place": paper.place,
                "ISSN": paper.issn[0] if paper.issn else None,
            },
        )
        return
    if rules.drops_the and is_english(article.language):
        name = without_the(name)
    item["container-title"] = site_name(name)
    if item["type"] == "article-newspaper" and not says_where(paper.name):
        _set_texts(item, {"publisher-place": paper.place})


def _set_dates(item: Item, article: Article, rules: Manual, style: str | None) -> None:
    published, accessed = article.dates.published, article.dates.accessed
    if published is not None:
        date = csl_date(published.edtf, coarse=style is not None)
        if style is not None and date.get("circa"):
            date = _uncertain(date, rules)
        item["issued"] = date
    if accessed is not None:
        item["accessed"] = csl_date(accessed.edtf)


_UNCERTAIN = {
    "mla": "[{}]",  # MLA 9, 5.83: a date from outside the source in brackets; its style prints “Circa” with a capital
    "harvard": "c. {}",  # Cite Them Right: c. before the year; its style drops the mark
}


def _uncertain(date: Item, rules: Manual) -> Item:
    """An uncertain date for a manual whose CSL style does not print it so: in words, which styles print as they are."""
    wording = _UNCERTAIN.get(rules.family or "")
    return {"literal": wording.format(date["date-parts"][0][0])} if wording else date


def _as_photo(article: Article) -> Photo:
    """The picture an article of kind `graphic` is."""
    given = article.photos[0] if article.photos else Photo()
    agencies = tuple(agency.name for agency in article.agencies if agency.role in {"byline", "photo"})
    return Photo(
        caption=given.caption or article.abstract,
        credit=given.credit,
        photographers=given.photographers or article.authors,
        agencies=given.agencies or agencies,
        distributor=given.distributor,
        description=given.description,
        date=given.date,
        url=given.url,
    )


def _photograph(
    article: Article, photo: Photo, rules: Manual, style: str | None, name: str | None, *, title: str | None
) -> Item:
    paper = article.publication
    site = paper.name if paper else None
    if site and rules.drops_the and is_english(article.language):
        site = without_the(site)
    item: Item = {"id": name or _id(article), **picture(photo, family=rules.family, title=title, site=site)}
    if style is not None:
        for variable in ("title", "genre"):
            if variable in item:
                item[variable] = protected(item[variable], article.language, capitals=rules.capitals)
    if article.language:
        item["language"] = article.language
    taken = photo.date or article.dates.published
    if taken is not None:
        date = csl_date(taken.edtf, coarse=style is not None)
        item["issued"] = _uncertain(date, rules) if style is not None and date.get("circa") else date
    if article.dates.accessed is not None:
        item["accessed"] = csl_date(article.dates.accessed.edtf)
    _set_texts(item, {"URL": article.url or photo.url or article.archive_url})
    return item
