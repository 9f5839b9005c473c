"""What no JSON Schema can tell a generator: how a CSL style looks. The command `schemathesis run` reads it too."""

import schemathesis
from hypothesis import strategies

from service import exporting
from service.rendering import registry

schemathesis.openapi.format(
    "csl-style",
    strategies.sampled_from(["apa", "ieee", "modern-language-association", "nature", "chicago-notes-bibliography"]).map(
        lambda name: registry.find(name).path.read_text(encoding="utf-8")
    ),
)

schemathesis.openapi.format("reference-format", strategies.sampled_from(sorted(exporting.FORMATS)))
