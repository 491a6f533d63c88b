"""What credentials look like: formats of tokens, words in names, values that stand in for a secret.

Regular expressions are linear: every repetition is bounded or cannot be entered twice from one place.
Sources: the vendors' documentation of their token formats as of August 2026; placeholders and names as they occur
in public manifests.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LEFT = r"(?<![A-Za-z0-9_])"
_RIGHT = r"(?![A-Za-z0-9_])"


class Format(NamedTuple):
    """A token that is recognised by its look alone. `hints` are texts of which it contains one.

    Group 1, if there is one, is the secret part. `weak` marks what is worth less to a thief.
    """

    title: str
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    weak: bool = False


def _token(title: str, hints: tuple[str, ...], core: str, *, weak: bool = False) -> Format:
    return Format(title, hints, re.compile(f"{_LEFT}(?:{core}){_RIGHT}"), weak)


def _plain(title: str, hints: tuple[str, ...], pattern: str, *, weak: bool = False) -> Format:
    return Format(title, hints, re.compile(pattern), weak)


_PEM_BODY = r"-----(?:\\r|\\n|\s){0,8}(?:[A-Za-z-]{1,40}: ?[^\n]{0,80}\s+){0,4}[A-Za-z0-9+/]{16}"

FORMATS: tuple[Format, ...] = (
    _plain("an encrypted private key", ("-----BEGIN ENC",), f"-----BEGIN ENCRYPTED PRIVATE KEY{_PEM_BODY}", weak=True),
    _plain(
        "a private key",
        ("PRIVATE KEY",),
        rf"-----BEGIN (?!ENCRYPTED)(?:[A-Z0-9]{{1,16}} ){{0,3}}PRIVATE KEY(?: BLOCK)?{_PEM_BODY}",
    ),
    _plain(
        "a private key",
        ("LS0tLS1CRUdJTi",),
        r"LS0tLS1CRUdJTi[A-Za-z0-9+/]{0,24}(?:UFJJVkFURSBLRVkt|BSSVZBVEUgS0VZL|QUklWQVRFIEtFWS)",
    ),
    _plain("a private key", ("PuTTY-User-Key-File-",), r"PuTTY-User-Key-File-[23]: *\S"),
    _token("an age private key", ("AGE-SECRET-KEY-1",), r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}"),
    _token("an AWS access key", ("AKIA", "ASIA", "ABIA", "ACCA"), r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}"),
    _token("a Google API key", ("AIza",), r"AIza[0-9A-Za-z_-]{35}"),
    _token("a Google OAuth secret", ("GOCSPX-", "ya29."), r"GOCSPX-[0-9A-Za-z_-]{28}|ya29\.[0-9A-Za-z_-]{20,512}"),
    _plain(
        "an Azure storage key",
        ("AccountKey=", "SharedAccessKey="),
        r"AccountKey=([A-Za-z0-9+/]{86}==)|SharedAccessKey=([A-Za-z0-9+/]{43}=)",
    ),
    _token("an Azure client secret", ("Q~",), r"[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}"),
    _token("a GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"gh[pousr]_[A-Za-z0-9]{36,255}"),
    _token("a GitHub token", ("github_pat_",), r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    _token(
        "a GitLab token",
        ("glpat-", "gldt-", "glrt-", "glptt-", "glcbt-", "glsoat-", "glagent-", "glft-", "glimt-"),
        r"gl(?:pat|dt|rt|ptt|cbt|soat|agent|ft|imt)-[A-Za-z0-9_.-]{20,300}",
    ),
    _token("a Slack token", ("xox", "xapp-"), r"xox[abeoprs]-[0-9A-Za-z-]{10,300}|xapp-[0-9]-[0-9A-Za-z-]{20,300}"),
    _plain(
        "a Slack webhook",
        ("hooks.slack.com",),
        r"https://hooks\.slack\.com/(?:services|workflows|triggers)/([A-Za-z0-9+/_-]{20,300})",
    ),
    _token("a Stripe key", ("k_live_", "k_test_"), r"[sr]k_(?:live|test)_[0-9A-Za-z]{10,300}"),
    _token("a Stripe webhook secret", ("whsec_",), r"whsec_[A-Za-z0-9+/=]{24,300}"),
    _token("an npm token", ("npm_",), r"npm_[A-Za-z0-9]{36}"),
    _plain("an npm token", ("_authToken=",), r"_authToken=([^\s$\"']{10,300})"),
    _token("a PyPI token", ("pypi-AgEIcHlwaS5vcmc",), r"pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,500}"),
    _token("a Docker Hub token", ("dckr_pat_", "dckr_oat_"), r"dckr_[po]at_[A-Za-z0-9_-]{27,32}"),
    _token("a Vault token", ("hvs.", "hvb.", "hvr."), r"hv[bsr]\.[A-Za-z0-9_-]{20,300}"),
    _token("a Terraform Cloud token", (".atlasv1.",), r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,300}"),
    _token("a SendGrid key", ("SG.",), r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    _token("an OpenAI key", ("T3BlbkFJ",), r"sk-[A-Za-z0-9_-]{20,200}T3BlbkFJ[A-Za-z0-9_-]{20,200}"),
    _token("an Anthropic key", ("sk-ant-",), r"sk-ant-[a-z0-9]{2,20}-[A-Za-z0-9_-]{80,200}"),
    _token("a Hugging Face token", ("hf_",), r"hf_[A-Za-z0-9]{34,40}"),
    _token("a DigitalOcean token", ("_v1_",), r"do[opr]_v1_[0-9a-f]{64}"),
    _token("a Databricks token", ("dapi",), r"dapi[0-9a-f]{32}(?:-[0-9])?"),
    _token("a Shopify token", ("shpat_", "shpca_", "shppa_", "shpss_"), r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    _token("a Grafana token", ("glsa_",), r"glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}"),
    _token("a New Relic key", ("NRAK-",), r"NRAK-[A-Z0-9]{27}"),
    _token("a Postman key", ("PMAK-",), r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    _token("a Pulumi token", ("pul-",), r"pul-[0-9a-f]{40}"),
    _token("a RubyGems key", ("rubygems_",), r"rubygems_[0-9a-f]{48}"),
    _token("a Linear key", ("lin_api_",), r"lin_api_[A-Za-z0-9]{40}"),
    _plain(
        "a registry password",
        ('"auth"',),
        r'"auths?"\s{0,8}:\s{0,8}"((?:[A-Za-z0-9+/]{4}){3,200}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)"',
    ),
    _plain(
        "a password hash",
        ("$2a$", "$2b$", "$2y$", "$apr1$", "{SHA}", "{SSHA}"),
        r"\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}|\$apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}"
        r"|\{SSHA?\}[A-Za-z0-9+/]{27,44}={0,2}",
        weak=True,
    ),
)

URL_PASSWORD = re.compile(
    r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\s/:@?#\"'<>]{0,128}:([^\s/@?#\"'<>]{3,256})@[^\s\"'/@]"
)
JWT = re.compile(rf"{_LEFT}(eyJ[A-Za-z0-9_-]{{8,2000}})\.eyJ[A-Za-z0-9_-]{{8,8000}}\.[A-Za-z0-9_-]{{8,2000}}")
BASIC = re.compile(r"\b[Bb]asic\s{1,8}([A-Za-z0-9+/]{12,300}={0,2})")
BEARER = re.compile(r"\b[Bb]earer\s{1,8}([A-Za-z0-9._~+/-]{16,2000}=*)")

KEYED_FORMATS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("twilio", "a Twilio key", re.compile(rf"{_LEFT}SK[0-9a-f]{{32}}{_RIGHT}")),
    ("telegram", "a Telegram bot token", re.compile(rf"{_LEFT}[0-9]{{8,10}}:[A-Za-z0-9_-]{{35}}{_RIGHT}")),
    ("bot", "a Telegram bot token", re.compile(rf"{_LEFT}[0-9]{{8,10}}:[A-Za-z0-9_-]{{35}}{_RIGHT}")),
    ("vault", "a Vault token", re.compile(rf"{_LEFT}s\.[A-Za-z0-9]{{24}}{_RIGHT}")),
    ("token", "a bootstrap token", re.compile(rf"{_LEFT}[a-z0-9]{{6}}\.[a-z0-9]{{16}}{_RIGHT}")),
)
"""Formats that count only where this word is in the name."""

PASSWORD_WORDS = frozenset({"passcode", "passphrase", "passwd", "password", "pass", "passwort", "pw", "pwd"})
SECRET_WORDS = {
    "apikey": "API key",
    "apitoken": "token",
    "accesskey": "access key",
    "accesstoken": "token",
    "authkey": "key",
    "authtoken": "token",
    "encryptionkey": "key",
    "privatekey": "private key",
    "sas": "token",
    "secret": "secret",
    "secretkey": "key",
    "signingkey": "key",
    "token": "token",
}
"""Words for a credential at the end of a name, and what to call it; `key` needs an owner, see `KEY_OWNERS`."""
PASSWORD_ENDINGS = ("passphrase", "passwd", "password", "pwd")
NOT_PASS = frozenset({"bypass", "compass", "encompass", "multipass", "overpass", "surpass", "trespass", "underpass"})
KEY_OWNERS = frozenset(
    ["access", "account", "admin", "api", "app", "application", "auth", "authentication", "cipher", "client", "consumer", "cookie", "crypt", "crypto", "decryption", "deploy", "encrypt", "encryption", "fernet", "hmac", "ingest", "ingestion", "integration", "jwt", "master", "private", "recovery", "secret", "security", "service", "session", "shared", "sign", "signing", "storage", "subscription", "unseal", "webhook"]
)
RANDOM_WORDS = frozenset(
    ["auth", "authorization", "cred", "credential", "credentials", "creds", "jwt", "key", "keys", "passwords", "secrets", "tokens", "bearer"]
)
"""Words that mean a credential only beside a value that looks random."""
NEUTRAL = frozenset(
    ["b64", "backup", "base", "base64", "beta", "current", "decoded", "default", "dev", "development", "encoded", "hex", "live", "local", "main", "new", "old", "plain", "plaintext", "primary", "prod", "production", "qa", "raw", "secondary", "stage", "staging", "str", "string", "test", "text", "txt", "uat", "value"]
)
"""Words after the credential's own that change nothing."""
NOT_CREDENTIALS = frozenset(
    ["age", "algo", "algorithm", "arn", "attempts", "aud", "audience", "authority", "backend", "bytes", "cache", "cert", "charset", "claim", "claims", "class", "column", "command", "config", "configmap", "cost", "count", "crt", "dir", "directory", "disabled", "duration", "enabled", "encoder", "endpoint", "engine", "env", "error", "expiration", "expires", "expiry", "field", "file", "filename", "files", "format", "generator", "grace", "hash", "header", "headers", "host", "hostname", "id", "ids", "index", "info", "interval", "issuer", "iterations", "kind", "label", "labels", "len", "length", "level", "limit", "location", "lookup", "manager", "max", "message", "method", "min", "minutes", "mode", "mount", "name", "names", "namespace", "naming", "needed", "ns", "number", "object", "objects", "owner", "page", "param", "parameter", "path", "paths", "pattern", "period", "permissions", "placeholder", "plugin", "policy", "port", "prefix", "property", "provider", "query", "realm", "ref", "reference", "refresh", "regex", "region", "renewal", "required", "requirements", "resource", "retention", "reset", "role", "rotation", "rounds", "rule", "rules", "scheme", "scope", "scopes", "screen", "seconds", "selector", "server", "service", "size", "source", "status", "storage", "store", "strategy", "strength", "suffix", "template", "timeout", "tls", "ttl", "type", "types", "uid", "uri", "url", "urls", "usage", "use", "user", "username", "validator", "validity", "var", "variable", "vault", "version", "volume", "window"]
)
"""Words at the end of a name that say the value is about a credential, not one."""
NOT_OWNERS = frozenset(
    ["allow", "bos", "can", "cancellation", "check", "cls", "continuation", "continue", "csrf", "disable", "eos", "existing", "foreign", "generate", "has", "idempotency", "is", "mask", "max", "min", "next", "no", "num", "pad", "page", "partition", "primary", "public", "publishable", "pull", "random", "require", "rowid", "sep", "show", "site", "skip", "sort", "stop", "topology", "total", "unk", "use", "validate", "with", "xsrf"]
)
"""Words in a name that say its credential is none: `PUBLIC_KEY`, `MAX_TOKEN`, `existingSecret`."""
REFERENCE_OWNERS = frozenset(
    ["ca", "cert", "certificate", "docker", "dockerconfig", "image", "ingress", "k8s", "kube", "kubernetes", "registry", "ssl", "tls"]
)
"""Words before `secret` that make it the name of a Secret."""

PLACEHOLDER_MARKS = ("${", "$(", "{{", "{%", "<%", "#{", "((", "[[", "ENC[", "@@", "%(", "EXAMPLE")
PLACEHOLDER_STARTS = (
    "arn:",
    "avp:",
    "aws-sm:",
    "awssm:",
    "azurekeyvault",
    "env:",
    "file:",
    "gcpsm:",
    "keyvault:",
    "op://",
    "projects/",
    "ref+",
    "secret:",
    "secretref",
    "sm://",
    "ssm:",
    "vault:",
)
"""Starts of references that a tool replaces by the secret."""
PLACEHOLDER_WORDS = ("changeit", "changeme", "dummy", "example", "fake", "fillin", "fixme", "insert", "placeholder")
PLACEHOLDER_WORDS += ("putyour", "redacted", "removed", "replace", "sample", "setme", "tbd", "todo", "your")
"""Starts of values, without their punctuation, that ask to be replaced."""
STANDS_FOR_NOTHING = frozenset(
    ["absent", "any", "auto", "automatic", "bearer", "basic", "blank", "computed", "empty", "env", "external", "false", "generate", "generated", "hidden", "inherit", "internal", "masked", "na", "nil", "no", "none", "notset", "notused", "null", "off", "omitted", "on", "optional", "prompt", "random", "required", "runtime", "sealed", "string", "tobedefined", "tobeset", "true", "undefined", "unknown", "unset", "unused", "xxx", "yes"]
)
DEFAULT_CREDENTIALS = frozenset(
    ["admin", "admin123", "administrator", "default", "guest", "minio", "minioadmin", "mysql", "pass", "password", "postgres", "root", "secret", "test", "toor", "user", "123456", "1234567", "12345678", "123456789", "1234567890", "12345"]
)
"""Well-known passwords: no leak, but an open door."""
FILLERS = frozenset(
    ["a", "access", "admin", "an", "api", "app", "application", "auth", "client", "credential", "credentials", "database", "db", "default", "dev", "foo", "bar", "baz", "here", "in", "initial", "jwt", "key", "long", "me", "my", "of", "password", "pass", "passwd", "passphrase", "please", "production", "prod", "random", "root", "secret", "secure", "service", "session", "some", "staging", "string", "strong", "super", "test", "the", "this", "token", "top", "user", "username", "value", "very"]
)
"""Words one writes in place of a secret: a value of nothing else is none."""
REFERENCE_ENDS = frozenset(
    ["auth", "cert", "certificate", "certs", "config", "credential", "credentials", "creds", "key", "keys", "pass", "passwd", "password", "passwords", "pw", "pwd", "ref", "secret", "secrets", "tls", "token", "tokens"]
)
"""Last words of names of Secrets and their keys, as in `orders-db-password`."""
