"""What credentials look like by themselves: the formats of tokens.

Patterns are texts, so that only those are compiled whose hints occur. They are linear: every repetition is bounded
or cannot be entered twice from one place.
Sources: the vendors' documentation of their token formats as of August 2026.
"""

from __future__ import annotations

from typing import NamedTuple

_LEFT = r"(?<![A-Za-z0-9_])"
_RIGHT = r"(?![A-Za-z0-9_])"


class Format(NamedTuple):
    """A token that is recognised by its look alone. `hints` are texts of which it contains one.

    The last group that matched, if there is one, is the secret part. `weak` marks what is worth less to a thief.
    `holds` says what the secret part has to be: "basic" is user and password in base64, "jwt" a signed token,
    "random" anything that looks like no word.
    """

    title: str
    hints: tuple[str, ...]
    pattern: str
    weak: bool = False
    holds: str = ""


def _token(title: str, hints: tuple[str, ...], core: str, *, weak: bool = False) -> Format:
    return Format(title, hints, f"{_LEFT}(?:{core}){_RIGHT}", weak)


_PEM_BODY = r"-----(?:\\r|\\n|\s){0,8}(?:[A-Za-z-]{1,40}: ?[^\n\\]{0,80}(?:\\n|\n)\s{0,8}){0,4}[A-Za-z0-9+/]{16}"

FORMATS: tuple[Format, ...] = (
    Format("an encrypted private key", ("-----BEGIN ENC",), f"-----BEGIN ENCRYPTED PRIVATE KEY{_PEM_BODY}", weak=True),
    Format(
        "a private key",
        ("PRIVATE KEY",),
        rf"-----BEGIN (?!ENCRYPTED)(?:[A-Z0-9]{{1,16}} ){{0,3}}PRIVATE KEY(?: BLOCK)?{_PEM_BODY}",
    ),
    Format(
        "a private key",
        ("LS0tLS1CRUdJTi",),
        r"LS0tLS1CRUdJTi[A-Za-z0-9+/]{0,24}(?:UFJJVkFURSBLRVkt|BSSVZBVEUgS0VZL|QUklWQVRFIEtFWS)",
    ),
    Format("a private key", ("PuTTY-User-Key-File-",), r"PuTTY-User-Key-File-[23]: *\S"),
    _token("an age private key", ("AGE-SECRET-KEY-1",), r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}"),
    _token("an AWS access key", ("AKIA", "ASIA", "ABIA", "ACCA"), r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}"),
    _token("a Google API key", ("AIza",), r"AIza[0-9A-Za-z_-]{35}"),
    _token("a Google OAuth secret", ("GOCSPX-", "ya29."), r"GOCSPX-[0-9A-Za-z_-]{28}|ya29\.[0-9A-Za-z_-]{20,512}"),
    Format(
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
    Format(
        "a Slack webhook",
        ("hooks.slack.com",),
        r"https://hooks\.slack\.com/(?:services|workflows|triggers)/([A-Za-z0-9+/_-]{20,300})",
    ),
    _token("a Stripe key", ("k_live_", "k_test_"), r"[sr]k_(?:live|test)_[0-9A-Za-z]{10,300}"),
    _token("a Stripe webhook secret", ("whsec_",), r"whsec_[A-Za-z0-9+/=]{24,300}"),
    _token("an npm token", ("npm_",), r"npm_[A-Za-z0-9]{36}"),
    Format("an npm token", ("_authToken=",), r"_authToken=([^\s$\"']{10,300})"),
    _token("a PyPI token", ("pypi-AgEIcHlwaS5vcmc",), r"pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,500}"),
    _token("a Docker Hub token", ("dckr_",), r"dckr_[po]at_[A-Za-z0-9_-]{27,32}"),
    _token("a Vault token", ("hv",), r"hv[bsr]\.[A-Za-z0-9_-]{20,300}"),
    _token("a Terraform Cloud token", (".atlasv1.",), r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,300}"),
    _token("a SendGrid key", ("SG.",), r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    _token("an OpenAI key", ("T3BlbkFJ",), r"sk-[A-Za-z0-9_-]{20,200}T3BlbkFJ[A-Za-z0-9_-]{20,200}"),
    _token("an Anthropic key", ("sk-ant-",), r"sk-ant-[a-z0-9]{2,20}-[A-Za-z0-9_-]{80,200}"),
    _token("a Hugging Face token", ("hf_",), r"hf_[A-Za-z0-9]{34,40}"),
    _token("a DigitalOcean token", ("_v1_",), r"do[opr]_v1_[0-9a-f]{64}"),
    _token("a Databricks token", ("dapi",), r"dapi[0-9a-f]{32}(?:-[0-9])?"),
    _token("a Shopify token", ("shp",), r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    _token("a Grafana token", ("glsa_",), r"glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}"),
    _token("a New Relic key", ("NRAK-",), r"NRAK-[A-Z0-9]{27}"),
    _token("a Postman key", ("PMAK-",), r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    _token("a Pulumi token", ("pul-",), r"pul-[0-9a-f]{40}"),
    _token("a RubyGems key", ("rubygems_",), r"rubygems_[0-9a-f]{48}"),
    _token("a Linear key", ("lin_api_",), r"lin_api_[A-Za-z0-9]{40}"),
    Format(
        "a registry password",
        ('"auth"',),
        r'"auths?"\s{0,8}:\s{0,8}"((?:[A-Za-z0-9+/]{4}){3,200}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)"',
        holds="basic",
    ),
    Format(
        "a password hash",
        ("$2", "$apr1$", "SHA}"),
        r"\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}|\$apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}"
        r"|\{SSHA?\}[A-Za-z0-9+/]{27,44}={0,2}",
        weak=True,
    ),
    Format(
        "a JSON web token",
        ("eyJ",),
        rf"{_LEFT}(eyJ[A-Za-z0-9_-]{{8,2000}}\.eyJ[A-Za-z0-9_-]{{8,8000}}\.[A-Za-z0-9_-]{{8,2000}})",
        holds="jwt",
    ),
    Format(
        "a user and password",
        ("asic ",),
        r"\b[Bb]asic {1,8}([A-Za-z0-9+/]{12,300}={0,2})",
        holds="basic",
    ),
    Format("a bearer token", ("earer ",), r"\b[Bb]earer {1,8}([A-Za-z0-9._~+/-]{16,2000}={0,2})", holds="random"),
)

KEYED_FORMATS: tuple[tuple[str, str, str], ...] = (
    ("twilio", "a Twilio key", f"{_LEFT}SK[0-9a-f]{{32}}{_RIGHT}"),
    ("telegram", "a Telegram bot token", f"{_LEFT}[0-9]{{8,10}}:[A-Za-z0-9_-]{{35}}{_RIGHT}"),
    ("bot", "a Telegram bot token", f"{_LEFT}[0-9]{{8,10}}:[A-Za-z0-9_-]{{35}}{_RIGHT}"),
    ("vault", "a Vault token", rf"{_LEFT}s\.[A-Za-z0-9]{{24}}{_RIGHT}"),
    ("token", "a bootstrap token", rf"{_LEFT}[a-z0-9]{{6}}\.[a-z0-9]{{16}}{_RIGHT}"),
)
"""Formats that count only where this word is in the name."""
