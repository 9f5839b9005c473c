"""Names as reference files have them: `Family, Given, Suffix`, or one name that nobody split."""


def inverted(text: str) -> dict[str, str | None]:
    """`Lee, Michael` and `King, Martin, Jr.` in parts; without a comma the name stays whole."""
    family, comma, others = text.strip().partition(",")
    if not comma:
        return {"literal": text}
    given, _, suffix = others.partition(",")
    if not family.strip() or not given.strip():
        return {"literal": text.strip(" ,")}
    return {"family": family, "given": given, "suffix": suffix}


def two_fields(family: str | None, given: str | None) -> dict[str, str | None]:
    """Zotero's two fields; one of them alone is a name nobody split."""
    if family and given and family.strip() and given.strip():
        return {"family": family, "given": given}
    return {"literal": family or given}
