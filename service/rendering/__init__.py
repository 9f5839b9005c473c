"""CSL style + items → text, HTML and other outputs: the CSL processor."""
