"""What a value looks like."""

from __future__ import annotations

import pytest

from kubelint_py.rules.secrets import _value as value

PLACEHOLDERS = """

changeme CHANGE-ME change_me changeit replace_me ReplaceWithPassword your-password-here <password> <path:shop/db#key>
xxxx **** ... $PASSWORD ${PASSWORD} $(PASSWORD) %PASSWORD% {{password}} {%password%} <%=password%> #{password}#
@@password@@ ((password)) [[password]] __PASSWORD__ {password} [password] DB_PASSWORD example sample1 dummy fake-one
todo tbd fixme redacted masked hidden none null n/a undefined true no insert-here placeholder password-placeholder-0
vault:secret/db#password ref+vault://db#password op://shop/db/password arn:aws:secretsmanager:eu-west-1:1:secret:db
ENC[AES256_GCM,data:q8Rk] aaaaaaaa AKIAIOSFODNN7EXAMPLE my-changeme-1 secret-inject@azurekeyvault
set-by-ci from-vault injected_at_runtime not-used see.vault managedByVault
"""


@pytest.mark.parametrize("text", ["", "  ", '""', "'${A}'", "insert password here", *PLACEHOLDERS.split()])
def test_placeholders(text: str) -> None:
    assert value.is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["tr4ding-Kestrel", "q8Rk2vT0zL5m", "hunter2", "p@ss$word", "Noneofthem7", "setting-sun", "secret-from-vault7"],
)
def test_passwords_are_no_placeholders(text: str) -> None:
    assert not value.is_placeholder(text)
    assert value.is_password(text)


@pytest.mark.parametrize(
    "text", ["admin", "Admin123", "postgres", "123456", "my-secret", "superSecretToken", "some_password"]
)
def test_weak_values(text: str) -> None:
    assert value.is_weak(text)


@pytest.mark.parametrize("text", ["hunter2", "kestrel", "secret-kestrel", "admin-q8Rk"])
def test_other_values_are_not_weak(text: str) -> None:
    assert not value.is_weak(text)


SOMETHING_ELSE = """

12 3600s 1h30m 512Mi 99.9% 1.2.3 v1.27.0-rc.1 10.0.0.1 2026-01-02 2026-01-02T03:04:05Z /run/secrets/db ./a ~/b C:\\x
secret/data/db text/plain http://orders-db:8080/x orders@shop.example orders-db.shop.svc orders-db:5432
org.example.crypto.Encoder sha256 HS256 RS512 aes-256-gcm scram-sha-512 tls.key token.txt config.yaml
jwt,priv-key=/x,ttl=10m
"""


@pytest.mark.parametrize("text", SOMETHING_ELSE.split())
def test_something_else(text: str) -> None:
    assert value.is_something_else(text)
    assert not value.is_password(text)
    assert not value.is_token(text)
    assert not value.is_random(text)


@pytest.mark.parametrize(
    "text", ["tr4ding-Kestrel", "aB3/xY9kQ2mN", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYq8Rk2vT0zL", "kestrel!"]
)
def test_nothing_else(text: str) -> None:
    assert not value.is_something_else(text)


@pytest.mark.parametrize("text", ["abc", "12345", "123456789", "111111", "two words", "orders-db-password", "x" * 257])
def test_no_passwords(text: str) -> None:
    assert not value.is_password(text)


@pytest.mark.parametrize(
    "text", ["q8Rk2vT0", "9f8b7c6d5e4f3a2b1c0d", "thisisaverylongsigningkey", "kqXbTzWmPLd", "s3cr3t-token"]
)
def test_tokens(text: str) -> None:
    assert value.is_token(text)


@pytest.mark.parametrize(
    "text",
    [
        "q8Rk2vT",
        "1234567890",
        "orders-db-1",
        "etcd-cluster-k8s",
        "shop-oauth2-http2",
        "orders-api-v2",
        "InMemoryTokenStore",
        "serviceaccount",
        "a b c d e f g",
    ],
)
def test_no_tokens(text: str) -> None:
    assert not value.is_token(text)


@pytest.mark.parametrize("text", ["q8Rk2vT0zL5mN3xY", "9f86d081884c7d659a2feaa0c55ad015", "Zm9vYmFyYmF6cXV4MTIzNDU2"])
def test_random(text: str) -> None:
    assert value.is_random(text)


@pytest.mark.parametrize(
    "text", ["q8Rk2vT0", "orders-cache-key-for-lists", "9f86d081884c", "ordersListCacheKeyV2", "0" * 40]
)
def test_not_random(text: str) -> None:
    assert not value.is_random(text)


@pytest.mark.parametrize(
    ("text", "bits"), [("", 0.0), ("aaaa", 0.0), ("ab", 1.0), ("abcd", 2.0), ("aabb", 1.0), ("abcdefgh", 3.0)]
)
def test_entropy(text: str, bits: float) -> None:
    assert value.entropy(text) == pytest.approx(bits)
