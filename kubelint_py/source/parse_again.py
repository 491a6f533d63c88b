"""What a reader that is not ours makes of a document: ruamel.yaml, or for JSON the standard library.

Whether two texts say the same is asked of it; it need not agree with Kubernetes on what they say.
"""

from __future__ import annotations

import json
from typing import Any
from warnings import catch_warnings, simplefilter


def read_again(text: str) -> Any:
    """Return plain data of a text that holds one document. Raises `ValueError` when it cannot be read.

    A tab is a space to it, because ruamel.yaml refuses tabs that Kubernetes accepts.
    """
    if text.lstrip("\ufeff \t\r\n")[:1] == "{":
        try:
            return json.loads(text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            pass
    return _read(text.replace("\t", " "))


def _read(text: str) -> Any:
    from ruamel.yaml import YAML  # noqa: PLC0415  slow to import, and for fixes only

    reader = YAML(typ="safe", pure=True)
    reader.allow_duplicate_keys = True
    try:
        with catch_warnings():
            simplefilter("ignore")  # of what is unusual but allowed, such as an anchor used again
            return reader.load(text)
    except Exception as error:  # another reader may stumble in any way over a hostile text
        raise ValueError("the second reader refuses it") from error
