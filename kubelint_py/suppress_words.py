"""The words of directives, apart from what reads them: to find out that a text holds none takes no more."""

from __future__ import annotations

COMMENT, ANNOTATION = "comment", "annotation"
"""By what a finding is suppressed."""

IN_COMMENTS = ("ubelint", "UBELINT")
"""What a comment with a directive holds, however its first letter is written."""

DOMAIN = "kubelint.io/"
"""What the key of an annotation with a directive starts with."""
