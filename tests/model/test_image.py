from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubelint_py import images
from kubelint_py.errors import KubelintError

DATA = Path(__file__).parent.parent / "data" / "images" / "references.jsonl.gz"
SHA256, SHA384, SHA512 = f"sha256:{'a' * 64}", f"sha384:{'b' * 96}", f"sha512:{'0' * 128}"


def test_references_agree() -> None:
    rows = [json.loads(line) for line in gzip.decompress(DATA.read_bytes()).splitlines()]
    assert len(rows) == 218
    assert [row["image"] for row in rows if _answer(row["image"]) != _expected(row)] == []


def _expected(row: dict[str, Any]) -> Any:
    return (row["registry"], row["repository"], row.get("tag"), row.get("digest")) if row["valid"] else None


def _answer(reference: str) -> Any:
    try:
        return tuple(images.parse(reference))
    except images.InvalidReference:
        return None


@pytest.mark.parametrize(
    ("reference", "registry", "repository", "tag", "digest"),
    [
        ("foo:5000", "docker.io", "library/foo", "5000", None),
        ("localhost", "docker.io", "library/localhost", None, None),
        ("example.com", "docker.io", "library/example.com", None, None),
        ("localhost/x", "localhost", "x", None, None),
        ("localhosts/x", "docker.io", "localhosts/x", None, None),
        ("Foo/bar", "Foo", "bar", None, None),
        ("index.docker.io/nginx", "docker.io", "library/nginx", None, None),
        ("docker.io/nginx", "docker.io", "library/nginx", None, None),
        ("docker.io/a/b", "docker.io", "a/b", None, None),
        ("registry-1.docker.io/nginx", "registry-1.docker.io", "nginx", None, None),
        ("reg:5000/a/b:1", "reg:5000", "a/b", "1", None),
        (f"reg.io/a:1@{SHA256}", "reg.io", "a", "1", SHA256),
        (f"a@{SHA384}", "docker.io", "library/a", None, SHA384),
        (f"a@{SHA512}", "docker.io", "library/a", None, SHA512),
        ("[2001:DB8::1]/a", "[2001:DB8::1]", "a", None, None),
        ("[::1]:80/a", "[::1]:80", "a", None, None),
        ("r.io/a---b/c__d/e.f", "r.io", "a---b/c__d/e.f", None, None),
        ("a:" + "t" * 128, "docker.io", "library/a", "t" * 128, None),
        ("a:_.-", "docker.io", "library/a", "_.-", None),
        ("r.io/" + "a" * 255, "r.io", "a" * 255, None, None),
        ("docker.io/" + "a" * 247, "docker.io", "library/" + "a" * 247, None, None),
        # A first part that looks like a registry but is none leaves a name without a registry.
        ("a_b.io/x", "", "a_b.io/x", None, None),
    ],
)
def test_parts(reference: str, registry: str, repository: str, tag: str | None, digest: str | None) -> None:
    image = images.parse(reference)
    assert (image.registry, image.repository, image.tag, image.digest) == (registry, repository, tag, digest)
    assert image.name == (f"{registry}/{repository}" if registry else repository)


MALFORMED = """
nginx: :1 nginx:1:2 nginx@ foo/Bar NGINX r.io/a/ /a r.io//a r.io/ https://r.io/a $(IMG) -a/b.c a-/b a..b a___b a_-b a.-b
_a a_ é r.io:/a r.io:x/a a:b/c A_b/c [::1/a [fe80::1%eth0]/a []/a a/b@sha256:short a:.t a:-t
"""
SPACED = ["", " ", "nginx ", " nginx", "nginx\n", "a b", "{{ .Values.image }}", f"a@{SHA256}\n", f"a@ {SHA256}"]
TOO_LONG = ["a:" + "t" * 129, "r.io/" + "a" * 256, "docker.io/" + "a" * 248]
BAD_DIGESTS = [
    f"@{SHA256}",
    f"nginx:@{SHA256}",
    f"a@{SHA256}0",
    f"a@{SHA256[:-1]}",
    f"a@{SHA256}@{SHA256}",
    "a@sha256:" + "A" * 64,
    "a@SHA256:" + "a" * 64,
    "a@sha256:" + "g" * 64,
    "a@sha512:" + "a" * 64,
    "a@sha384:" + "a" * 128,
    "a@sha1:" + "a" * 40,
    "a@md5:" + "a" * 32,
    "a" * 64,
]


@pytest.mark.parametrize("reference", [*MALFORMED.split(), *SPACED, *TOO_LONG, *BAD_DIGESTS])
def test_invalid(reference: str) -> None:
    with pytest.raises(images.InvalidReference) as caught:
        images.parse(reference)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, KubelintError)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("reference", [None, 1, True, ["nginx"], {"image": "nginx"}, b"nginx"])
def test_what_is_no_string_is_invalid(reference: Any) -> None:
    with pytest.raises(images.InvalidReference, match="not a string"):
        images.parse(reference)


@pytest.mark.parametrize(
    ("reference", "policy"),
    [
        ("nginx", "Always"),
        ("nginx:latest", "Always"),
        (f"nginx:latest@{SHA256}", "Always"),
        ("reg:5000/nginx", "Always"),
        ("nginx:1.25", "IfNotPresent"),
        ("nginx:Latest", "IfNotPresent"),
        (f"nginx@{SHA256}", "IfNotPresent"),
        ("NGINX:latest", "IfNotPresent"),
        ("", "IfNotPresent"),
        (None, "IfNotPresent"),
        (5, "IfNotPresent"),
    ],
)
def test_default_pull_policy(reference: Any, policy: str) -> None:
    assert images.default_pull_policy(reference) == policy


@pytest.mark.parametrize("part", ["a", "a.", "a-", "a_", "-", "a/", "A.", "[:", "a:", "@", "é"])
def test_long_input_takes_linear_time(part: str) -> None:
    start = time.process_time()
    _answer(part * 100_000 + "!")
    _answer("r.io/" + part * 100_000 + "!")
    assert time.process_time() - start < 2


@given(st.text(alphabet="aA0./:@_-[]é \n", max_size=30))
def test_what_parses_is_stable(reference: str) -> None:
    try:
        image = images.parse(reference)
    except images.InvalidReference:
        return
    if image.registry:
        written = image.name + (f":{image.tag}" if image.tag else "") + (f"@{image.digest}" if image.digest else "")
        assert images.parse(written) == image
