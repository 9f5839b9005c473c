"""When two printed names are one person's."""

from functools import lru_cache

from schemas.article import Creator
from service.parsing.names import full_name, read_name
from service.parsing.page.candidate import fold


def key_of(creator: Creator) -> str:
    """How names are compared: letters only, in any order of their parts."""
    return key_of_name(full_name(creator))


@lru_cache(maxsize=4096)  # the same few names stand in metadata, byline, author box and links
def key_of_name(name: str) -> str:
    """The same of a name as it is read."""
    return " ".join(sorted(fold(name).split()))


def same_person(a: str, b: str) -> bool:
    """The same name, or one with middle names or initials more than the other, or a part of the other alone."""
    if a == b:
        return True
    wa, wb = set(a.split()), set(b.split())
    if len(wa) == 1 or len(wb) == 1:
        return bool(wa and wb) and len(wa | wb) <= 3 and (wa <= wb or wb <= wa)
    return len(wa & wb) >= 2 and (wa <= wb or wb <= wa)


def once(person: Creator) -> Creator:
    """A name printed twice over (`Ida Holm Ida Holm`, for two widths of the screen) is one."""
    words = full_name(person).split()
    half = len(words) // 2
    return read_name(" ".join(words[:half])) if half > 1 and words[:half] == words[half:] else person


def merged(people: list[Creator]) -> list[Creator]:
    """Each person once; of two forms the longer."""
    found: list[Creator] = []
    keys: list[str] = []
    for person in map(once, people):
        key = key_of(person)
        if not key:
            continue
        for n, other in enumerate(keys):
            if same_person(key, other):
                if len(key) > len(other):
                    found[n], keys[n] = person, key
                break
        else:
            found.append(person)
            keys.append(key)
    return found
