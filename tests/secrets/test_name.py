"""What a name promises of its value."""

from __future__ import annotations

import pytest

from kubelint_py.rules.secrets._name import Promise, is_beside, promise, words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("DB_PASSWORD", ["db", "password"]),
        ("dbApiKey", ["db", "api", "key"]),
        ("DBPassword", ["db", "password"]),
        ("db-api.key2", ["db", "api", "key"]),
        ("OAuth2Token", ["o", "auth", "token"]),
        ("", []),
        ("42", []),
    ],
)
def test_names_are_split_where_a_word_begins(name: str, words: list[str]) -> None:
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("password", "password"),
        ("DB_PASSWORD", "password"),
        ("PGPASSWORD", "password"),
        ("requirepass", "password"),
        ("masterauth", "password"),
        ("adminPwd", "password"),
        ("DB_PASSWORD_PROD", "password"),
        ("PRIMARY_DB_PASSWORD", "password"),
        ("API_KEY", "API key"),
        ("apikey", "API key"),
        ("PRIMARY_API_KEY", "API key"),
        ("AWS_SECRET_ACCESS_KEY", "access key"),
        ("clientSecret", "secret"),
        ("CSRF_SECRET", "secret"),
        ("GITHUB_TOKEN", "token"),
        ("BLOB_SAS", "token"),
        ("tls.private.key", "private key"),
    ],
)
def test_a_credential_is_promised_by_the_last_word(name: str, title: str) -> None:
    found = promise(name)
    assert found is not None
    assert found.title == title
    assert found.proof in ({""} if title == "password" else {"shape"})


@pytest.mark.parametrize("name", ["key", "AUTH", "credentials", "tokens", "TLS_KEY", "PASSWORD_WHATEVER"])
def test_some_words_promise_little(name: str) -> None:
    assert promise(name) == Promise("credential", "random")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "value",
        "PWD",
        "OLDPWD",
        "USERNAME",
        "PASSWORD_FILE",
        "TOKEN_URL",
        "SECRET_NAME",
        "AWS_ACCESS_KEY_ID",
        "FERNET_KEY_CMD",
        "existingSecret",
        "IMAGE_PULL_SECRET",
        "TLS_SECRET",
        "PUBLIC_KEY",
        "PRIMARY_KEY",
        "CACHE_KEY",
        "MAX_TOKENS_PER_PAGE",
        "ALLOW_EMPTY_PASSWORD",
        "MONKEY",
        "BYPASS",
        "htpasswd",
        "SAS",
        "author",
    ],
)
def test_other_names_promise_nothing(name: str) -> None:
    assert promise(name) is None


@pytest.mark.parametrize(("name", "expected"), [("username", True), ("DB_HOST", True), ("extra", False), ("", False)])
def test_what_stands_beside_a_credential(name: str, expected: bool) -> None:
    assert is_beside(name) is expected
