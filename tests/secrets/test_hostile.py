"""Time on texts made to take long: twice the text takes about twice the time, and none takes long."""

from __future__ import annotations

import time

import pytest

from kubelint_py.rules.secrets._credential import credentials

MANY = 50_000
TEXTS = {
    "stems": "pass" * MANY,
    "names": "key:" * MANY,
    "spaced names": "key= " * MANY,
    "opened quotes": 'token="' * MANY,
    "an endless quote": 'token="' + "a" * 4 * MANY,
    "escapes": 'password="' + '\\"' * MANY,
    "flags": "--password " * MANY,
    "pairs": 'name: "x_token"' + " " * MANY,
    "elements": "<password>" * MANY,
    "names and values": "</name><value>" * MANY,
    "comments": "# password: " * MANY,
    "line ends": "\n" * 4 * MANY,
    "spaces": "password" + " " * 4 * MANY + ":",
    "tabs": "password:" + "\t" * MANY,
    "settings": "password=Fr0gLantern9\n" * (MANY // 4),
    "settings on one line": '"password":"Fr0gLantern9",' * (MANY // 4),
    "URLs": "http://" * MANY,
    "users": "http://a:" * MANY,
    "passwords in URLs": "http://a:bbb@" * MANY,
    "keys begun": "-----BEGIN PRIVATE KEY-----\n" * (MANY // 2),
    "keys never ended": "-----BEGIN PRIVATE KEY-----MIIEpAIBAAKCAQEA0123456789\n" * (MANY // 8),
    "headers of keys": "-----BEGIN PRIVATE KEY-----\nA: " + "b: " * MANY,
    "line ends in keys": ("-----BEGIN PRIVATE KEY-----" + "\n" * 8) * (MANY // 8),
    "web tokens": "eyJaaaaaaaa." * MANY,
    "a long web token": "eyJ" + "a" * MANY + ".eyJ" + "b" * MANY,
    "base64": "A" * 4 * MANY,
    "basic logins": "Basic " * MANY,
    "bearers": "Bearer " * MANY,
    "storage keys": "AccountKey=" * MANY,
    "registry logins": '"auth":"' * MANY,
    "a long registry login": '"auth":"' + "AAAA" * MANY,
    "one prefix": "sk-" * MANY + "T3BlbkFJ",
    "one middle": "sk-" + "T3BlbkFJ" * MANY,
    "all hints": "xox AKIA ghp_ hf_ npm_ dapi _v1_ Q~ SG. .atlasv1. " * (MANY // 8),
    "SQL": "identified with a " * MANY,
    "logins": "login a password " * MANY,
    "words": "password: " + "a-" * MANY,
    "paths": "password: " + "/a" * MANY,
    "classes": "password: " + "a." * MANY,
    "long lower case": "İpassword=Fr0gX9aa\n" * (MANY // 8),
}
SHORT = {
    "units": "1s" * 127 + "!",
    "path": "a/" * 127 + "!",
    "path from the root": "/" + "aa" * 120 + "!",
    "host": "a-" * 127 + ".!",
    "labels": "a." * 127 + "!",
    "algorithm": "sha1" + "a" * 250 + "!",
    "options": "a" + ",b=c" * 60 + ",!",
    "segments": "aa-" * 80 + "!",
    "words": "a-" * 127 + "!",
    "mail": "a@" * 127 + "!",
    "brackets": "<a" * 127 + "!",
    "names": "A_" * 127 + "!",
}


def seconds(name: str, text: str, repeat: int = 1) -> float:
    start = time.process_time()
    for _ in range(repeat):
        credentials(name, text)
    return time.process_time() - start


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_time_is_linear(text: str) -> None:
    half = seconds("DB_PASSWORD", text[: len(text) // 2]) + 0.1
    assert seconds("DB_PASSWORD", text) < 4 * half


@pytest.mark.parametrize("word", ["zz-", "test-"])
def test_a_long_name_takes_no_time(word: str) -> None:
    assert seconds(word * MANY, "q8Rk2vT0zL5m") < 1


@pytest.mark.parametrize("text", SHORT.values(), ids=SHORT.keys())
def test_a_value_takes_no_time(text: str) -> None:
    assert seconds("DB_PASSWORD", text, repeat=20) < 0.5
