"""What other item types come nearest to: an article knows seven kinds."""

import re

from service.importing.draft import Draft

NEAREST = {
    "article-magazine": "journal jour journalarticle articlejournal periodical magazine mgzn review scholarlyarticle",
    "article-newspaper": "news newspaper newspaperarticle newsarticle article",
    "post-weblog": "blog blogpost blogposting post postweblog weblog",
    "broadcast": "video videorecording film motionpicture tvbroadcast radiobroadcast podcast sound audio broadcast"
    " movie filmorbroadcast audiorecording song mpct videoobject audioobject television",
    "interview": "interview pcomm personalcommunication conversation",
    "graphic": "artwork art image graphic figure photograph picture imageobject illustration stillimage map chart",
    "webpage": "webpage website online electronic www elec icomm web internet",
}
MEDIUM = "Photograph"
"""What exporters write for a photograph that has no genre of its own."""

KINDS = {name: kind for kind, names in NEAREST.items() for name in names.split()}


def put(draft: Draft, written: str | None, known: dict[str, str], otherwise: str = "webpage") -> None:
    """The kind that an item type stands for; a type that is not in the format's own table costs a doubt."""
    written = (written or "").strip()
    if written in known:
        draft.values["kind"] = known[written]
        return
    plain = re.sub(r"[^a-z]", "", written.lower())
    draft.values["kind"] = KINDS.get(plain, otherwise)
    draft.doubts.append(f"the item type {written!r} is read as {draft.values['kind']}")


def drop_medium(draft: Draft) -> None:
    """A photograph's genre that only says that it is one goes again."""
    if draft.values.get("kind") == "graphic" and draft.values.get("genre") == MEDIUM:
        del draft.values["genre"]
