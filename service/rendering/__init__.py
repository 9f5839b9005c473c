"""CSL styles and items to citations: a CSL 1.0.2 processor over citeproc-py's loader."""

from service.rendering.cite import cite, compiled
from service.rendering.processor import CompiledStyle

__all__ = ["CompiledStyle", "cite", "compiled"]
