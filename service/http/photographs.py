"""A photograph of an article as a record of its own: an article of kind `graphic`, which every format knows."""

from collections.abc import Iterable

from schemas.article import Article, Creator, Dates, Photo
from service.errors import TearsheetError


class NoSuchPhotograph(TearsheetError):
    """The article has fewer photographs."""


def photograph(article: Article, n: int) -> Article:
    """The n-th photograph (from 1) of an article, cited after the rules for news photographs.

    Made by its photographers or else by the agencies credited; dated as the picture is or else as the article; found at
    the article's page. Raises NoSuchPhotograph.
    """
    if not 1 <= n <= len(article.photos):
        raise NoSuchPhotograph(f"the article has {len(article.photos)} photographs", "n")
    photo = article.photos[n - 1]
    dates = article.dates
    return Article(
        kind="graphic",
        authors=makers(photo),
        photos=(photo,),
        publication=article.publication,
        dates=Dates(published=photo.date or dates.published, accessed=dates.accessed, archived=dates.archived),
        url=article.url,
        archive_url=article.archive_url,
        language=article.language,
    )


def photographs_of(works: Iterable[object]) -> tuple[Article, ...]:
    """Every photograph of the articles among some works, in order; an item of CSL-JSON has none."""
    articles = [work for work in works if isinstance(work, Article)]
    return tuple(photograph(article, n) for article in articles for n in range(1, len(article.photos) + 1))


def makers(photo: Photo) -> tuple[Creator, ...]:
    """Who answers for a picture: its photographers, else the agencies, else whoever distributed it."""
    agencies = tuple(Creator(literal=name) for name in photo.agencies)
    distributor = (Creator(literal=photo.distributor),) if photo.distributor else ()
    return photo.photographers or agencies or distributor
