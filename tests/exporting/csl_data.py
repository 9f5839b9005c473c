"""The CSL-JSON 1.0.2 schema in our own words: the names an item may have and the kind of value of each."""

TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
personal_communication post post-weblog regulation report review review-book software song speech standard thesis
treaty webpage
"""
NAMES = """
author chair collection-editor compiler composer container-author contributor curator director editor
editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author
performer producer recipient reviewed-author script-writer series-creator translator
"""
DATES = "accessed available-date event-date issued original-date submitted"
NUMBERS = """
chapter-number citation-number collection-number edition first-reference-note-number issue locator number
number-of-pages number-of-volumes page page-first part printing section supplement version volume
"""
TEXTS = """
abstract annote archive archive_collection archive_location archive-place authority call-number citation-key
citation-label collection-title container-title container-title-short dimensions division DOI event event-title
event-place genre ISBN ISSN journalAbbreviation jurisdiction keyword language medium note original-publisher
original-publisher-place original-title part-title PMCID PMID publisher publisher-place references reviewed-genre
reviewed-title scale shortTitle source status title title-short URL volume-title year-suffix
"""
NAME_PARTS = "family given dropping-particle non-dropping-particle suffix literal"
NAME_FLAGS = "comma-suffix static-ordering parse-names"

STRING = {"type": "string"}
NUMBER = {"type": ["string", "number"]}
FLAG = {"type": ["string", "number", "boolean"]}
NAME = {
    "type": "object",
    "properties": dict.fromkeys(NAME_PARTS.split(), STRING) | dict.fromkeys(NAME_FLAGS.split(), FLAG),
    "additionalProperties": False,
}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "items": {"type": "array", "items": NUMBER, "minItems": 1, "maxItems": 3},
            "minItems": 1,
            "maxItems": 2,
        },
        "season": NUMBER,
        "circa": FLAG,
        "literal": STRING,
        "raw": STRING,
    },
    "additionalProperties": False,
}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "properties": {
            "type": {"enum": TYPES.split()},
            "id": NUMBER,
            "categories": {"type": "array", "items": STRING},
            "custom": {"type": "object"},
            **{name: {"type": "array", "items": NAME} for name in NAMES.split()},
            **dict.fromkeys(DATES.split(), DATE),
            **dict.fromkeys(NUMBERS.split(), NUMBER),
            **dict.fromkeys(TEXTS.split(), STRING),
        },
        "additionalProperties": False,
    },
}
