"""Which values of environment variables and configuration files are credentials, and where in them.

Tokens are put together here, so that no scanner of repositories takes them for real ones.
"""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubelint_py.rules.secrets._credential import credentials

RANDOM = "q8Rk2vT0zL5mN3xYbH7wJ4sCeF9gD6uA1pKoZtXnVyMiQrUaElWjBcGhSfIdOP2k8R5v3T0z7L1m4N6xY9"[:80]
HEX = "0f1e2d3c4b5a69780f1e2d3c4b5a69780f1e2d3c4b5a69780f1e2d3c4b5a6978"
WORD = "tr4ding-Kestrel"


def part(*lengths: int) -> str:
    return "-".join(RANDOM[:length] for length in lengths)


def armored(label: str) -> str:
    return f"-----BEGIN {label}-----\n{RANDOM[:64]}\n-----END {label}-----"


def signed(header: dict[str, str]) -> str:
    return (
        ".".join(
            base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=")
            for each in (header, {"sub": "orders"})
        )
        + "."
        + RANDOM[:43]
    )


CREDENTIALS = f"""
DB_PASSWORD={WORD}
DB_PASSWORD=hunter2
DB_PASSWORD=p@ssw0rd!
DB_PASSWORD=Welkom01
DB_PASS=swordfish
ROOT_PWD=letmein1
PASSWORD=90417263
dbPassword=S3cure!Pass
spring.datasource.password=abc123xyz
PGPASSWORD=fooBar99
LDAP_BIND_PASSWORD=Qwertz123
PASSPHRASE=blue42Horse
MINIO_ROOT_PASSWORD=minio123
PRIMARY_DB_PASSWORD=hf83hfk2
API_KEY={HEX[:32]}
DD_API_KEY={HEX[:32]}
STRIPE_API_KEY=live-{RANDOM[:16]}
SECRET_KEY=django-insecure-8hj3k2l1m0n9b8v7c6x5z4
MASTER_KEY=k3yM4terial99xx
ENCRYPTION_KEY={HEX[:31]}
FERNET_KEY={RANDOM[:42]}o=
APP_SECRET=aBcDeFgHiJkLmNoP
JWT_SECRET=thisisaverylongsigningsecret42
SESSION_SECRET={HEX[:16]}
COOKIE_SECRET={RANDOM[:22]}
CSRF_SECRET=hf83hfk2hf83
CLIENT_SECRET={RANDOM[:30]}
AWS_SECRET_ACCESS_KEY={RANDOM[:20]}/{RANDOM[:19]}
SENTRY_AUTH_TOKEN=sntrys_a1b2c3d4e5f6
VAULT_TOKEN=s.{RANDOM[:24]}
TELEGRAM_BOT=123456789:{RANDOM[:35]}
ERLANG_COOKIE_SECRET=SWQOKODSQALRPCLNMEQG
RABBITMQ_ERLANG_COOKIE=SWQOKODSQALRPCLNMEQG
API_TOKEN=s3cr3t-token
CREDENTIALS={RANDOM[:24]}
DATABASE_URL=postgres://orders:{WORD}@db:5432/orders
AMQP_URL=amqp://orders:Hu7jkL2@mq:5672/
HTTP_PROXY=http://proxy:pr0xyPw@proxy.example:3128
MONGO_URI=mongodb+srv://root:T0pS3cret@cluster0.example
REDIS_URL=redis://:{WORD}@cache:6379/0
CONNECTION=Server=db;Database=orders;User Id=sa;Password=Str0ng!Pw;
DSN=host=db user=orders password=fj39dkQ dbname=orders
JAVA_OPTS=-Djavax.net.ssl.keyStorePassword=store88pw -Xmx1g
ARGS=--user orders --password fj39dkQ
CONFIG={{"password":"hunter22","user":"x"}}
JAAS=org.example.PlainLoginModule required username="u" password="kf83Jd92";
AUTHORIZATION=Basic {base64.b64encode(b"orders:" + WORD.encode()).decode()}
HEADER=Authorization: Bearer {RANDOM[:32]}
""".strip().split("\n")

TOKENS = {
    "an AWS access key": "AKIA" + RANDOM[:16].upper(),
    "a Google API key": "AIza" + RANDOM[:35],
    "a Google OAuth secret": "GOCSPX-" + RANDOM[:28],
    "an Azure storage key": f"AccountName=orders;AccountKey={RANDOM}abcdef==;EndpointSuffix=x",
    "an Azure client secret": f"abc8Q~{RANDOM[:34]}",
    "a GitHub token": "ghp_" + RANDOM[:36],
    "a GitLab token": "glpat-" + RANDOM[:20],
    "a Slack token": "xoxb-" + part(12, 12),
    "a Slack webhook": "https://hooks.slack.com" + "/services/T0000/" + RANDOM[:20],
    "a Stripe key": "sk_live_" + RANDOM[:24],
    "a Stripe webhook secret": "whsec_" + RANDOM[:32],
    "an npm token": "npm_" + RANDOM[:36],
    "a PyPI token": "pypi-AgEIcHlwaS5vcmc" + RANDOM[:60],
    "a Docker Hub token": "dckr_pat_" + RANDOM[:27],
    "a Vault token": "hvs." + RANDOM[:24],
    "a Terraform Cloud token": f"{RANDOM[:14]}.atlasv1.{RANDOM[:64]}",
    "a SendGrid key": f"SG.{RANDOM[:22]}.{RANDOM[:43]}",
    "an OpenAI key": f"sk-{RANDOM[:20]}T3BlbkFJ{RANDOM[:20]}",
    "an Anthropic key": f"sk-ant-api03-{RANDOM}",
    "a Hugging Face token": "hf_" + RANDOM[:34],
    "a DigitalOcean token": "dop_v1_" + HEX,
    "a Databricks token": "dapi" + HEX[:32],
    "a Shopify token": "shpat_" + HEX[:32],
    "a Grafana token": f"glsa_{RANDOM[:32]}_{HEX[:8]}",
    "a New Relic key": "NRAK-" + RANDOM[:27].upper(),
    "a Postman key": f"PMAK-{HEX[:24]}-{HEX[:34]}",
    "a Pulumi token": "pul-" + HEX[:40],
    "a RubyGems key": "rubygems_" + HEX[:48],
    "a Linear key": "lin_api_" + RANDOM[:40],
    "an age private key": "AGE-SECRET-KEY-1" + "Q2W3E4R5T6" * 5 + "Q2W3E4R5",
    "a JSON web token": signed({"alg": "HS256"}),
    "a private key": armored("PRIVATE KEY"),
    "an encrypted private key": armored("ENCRYPTED PRIVATE KEY"),
    "a registry password": json.dumps({"auth": base64.b64encode(b"orders:" + WORD.encode()).decode()}),
    "a password hash": "orders:$2y$10$" + RANDOM[:53],
}

OTHERS = f"""
DB_PASSWORD=
DB_PASSWORD=$(DB_PASSWORD_FROM)
DB_PASSWORD=${{DB_PASSWORD}}
DB_PASSWORD=$DB_PASSWORD
DB_PASSWORD={{{{ .Values.password }}}}
DB_PASSWORD=<your-password>
DB_PASSWORD=changeme
DB_PASSWORD=REPLACE_ME
DB_PASSWORD=xxxxxxxx
DB_PASSWORD=vault:secret/data/db#password
DB_PASSWORD=ref+vault://secret/db#password
DB_PASSWORD=op://vault/item/password
DB_PASSWORD=/run/secrets/db-password
DB_PASSWORD=db.password
DB_PASSWORD=12
DB_PASSWORD=none
DB_PASSWORD_FILE=db-pass.txt
PASSWORD_PATH=secret/data/db
PASSWORD_MIN_LENGTH=12
PASSWORD_POLICY=strong1A
PASSWORD_RESET_ENABLED=true
PASSWORD_FIELD=user_pw1
PASSWORD_ENCODER=org.example.crypto.Bcrypt2Encoder
PASSWORD_ROTATION_DAYS=90
PASSWORD_HASH_ALGORITHM=argon2id
ALLOW_EMPTY_PASSWORD=yes
USE_PASSWORD=false
DISABLE_PASSWORD_LOGIN=1
SECRET_NAME=orders-db-credentials
DB_SECRET=orders-db-secret
TLS_SECRET=wildcard-7f3a9c
IMAGE_PULL_SECRET=regcred
KUBERNETES_SECRET=ingress-tls
KEYVAULT_SECRET=kv-secret
REGISTRY_SECRET=registry-1
SECRET_NAMESPACE=vault
SECRET_STORE=vault
SECRET_PROVIDER_CLASS=orders-vault
SECRET_REFRESH_INTERVAL=1h
SECRETS_BACKEND=airflow.providers.hashicorp.secrets.vault.VaultBackend
SECRET_ARN=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-1a2b3c
TOKEN_URL=https://auth.example/oauth/token
TOKEN_TTL=3600
TOKEN_EXPIRY=24h
TOKEN_TYPE=Bearer
TOKEN_HOST=login1.orders4internal2
TOKEN_HEADER=X-Auth-Token
TOKEN_STORE_CLASS=com.example.Foo1
CACHE_TOKEN_STORE=InMemoryTokenStore
ACCESS_TOKEN_LIFETIME=15m
MAX_TOKENS=4096
EOS_TOKEN=<|endoftext|>
TOKENIZER=cl100k_base
SERVER_TOKENS=off
ETCD_INITIAL_CLUSTER_TOKEN=etcd-cluster-k8s
ETCD_AUTH_TOKEN=jwt,priv-key=/opt/token.pem,sign-method=RS256,ttl=10m
SERVICE_ACCOUNT_TOKEN=/var/run/secrets/kubernetes.io/serviceaccount/token
JWT_ALGORITHM=HS256
AUTH_TYPE=basic
AUTH_ENABLED=true
AUTHORIZATION_MODE=RBAC
AUTHOR=jane.doe
AUTHORITY=login.example
KEY=orders
CACHE_KEY=orders:v2:list
PARTITION_KEY=customer-id-77
PRIMARY_KEY=id
SORT_KEY=created_at_desc
TOPOLOGY_KEY=kubernetes.io/hostname
PUBLIC_KEY=MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
STRIPE_PUBLISHABLE_KEY=pk_live_{RANDOM[:16]}
RECAPTCHA_SITE_KEY={RANDOM[:31]}
API_KEY_HEADER=X-Api-Key-2
KEY_ID=1234abcd-12ab-34cd-56ef-1234567890ab
CLIENT_ID=3f2504e0-4f89-11d3-9a0c-0305e82c3301
SSH_KEY_PATH=/root/.ssh/id_rsa
TLS_PRIVATE_KEY=tls.key
KEYSTORE=/etc/keystore.jks
KEYSPACE=orders_ks1
MONKEY=banana12
PWD=/home/app
COMPASS=north
BYPASS=abc12345
HTTP_PROXY=http://proxy.example:3128
DATABASE_URL=postgres://db:5432/orders
DATABASE_URL=postgres://orders@db:5432/orders
DATABASE_URL=postgres://orders:$(PASS)@db:5432/orders
DATABASE_URL=postgres://orders:<password>@db:5432/orders
CREDENTIALS=/var/secrets/google/key.json
GOOGLE_APPLICATION_CREDENTIALS=/var/secrets/google/key.json
AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
LOG_FORMAT=%token% %secret%
JAVA_OPTS=-Xmx512m -Djavax.net.ssl.trustStore=/x -Djavax.net.ssl.keyStorePassword=${{PW}}
ARGS=--token-file=/x --secret-name=abc-def
CONFIG={{"password":"${{DB_PASSWORD}}","ttl":30}}
IMAGE=registry.example/orders@sha256:{HEX}
GIT_COMMIT={HEX[:40]}
AUTHORIZATION=Basic authentication
HEADER=Bearer authenticationrequired
ID=eyJhbGciOiJub25lIn0
TEXT=the eyJ prefix and ghp_ are no tokens
""".strip().split("\n")


PIECES = (
    *TOKENS.values(),
    *(
        "password",
        "token",
        "key",
        "name",
        "value",
        ":",
        "=",
        "=>",
        '"',
        "'",
        "\\",
        "\n",
        " ",
        "<",
        ">",
        "</",
        "://",
        "@",
    ),
    *("#", "{", "}", ",", "-", "requirepass ", WORD, "q8Rk2vT0zL5m", "İ", "admin", "${X}", "Basic ", "Bearer ", "eyJ"),
)


def found(line: str) -> list[str]:
    name, _, value = line.partition("=")
    return [each.title for each in credentials(name, value) if each.grade != "default"]


@pytest.mark.parametrize("line", CREDENTIALS)
def test_credentials_in_variables(line: str) -> None:
    assert len(found(line)) == 1


@pytest.mark.parametrize("line", OTHERS)
def test_what_is_no_credential(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize(("title", "token"), TOKENS.items())
def test_tokens_are_known_by_their_look(title: str, token: str) -> None:
    assert found(f"VALUE={token}") == [title]
    text = f"# see\nvalue {token}\nend\n"
    assert [each.title for each in credentials("notes", text)] == [title]


@pytest.mark.parametrize(
    "token", [t for t in TOKENS.values() if "\n" not in t and "auth" not in t and ":" not in t and "=" not in t]
)
def test_a_token_does_not_begin_within_a_word(token: str) -> None:
    assert found(f"VALUE=x{token}") == []


def test_a_private_key_reaches_to_its_last_line() -> None:
    key = TOKENS["a private key"]
    [only] = credentials("files", f"first\n{key}\nlast\n")
    assert f"first\n{key}\nlast\n"[only.start : only.end] == key
    [cut] = credentials("files", f"first\n{key[:60]}\nmore\n")
    assert cut.end == len(f"first\n{key[:60]}\nmore")


def test_base64_is_looked_into_once() -> None:
    value = base64.b64encode(TOKENS["a GitHub token"].encode() + b"!!").decode()
    assert found(f"VALUE={value}") == ["a GitHub token in base64"]
    assert found(f"VALUE={base64.b64encode(value.encode()).decode()}") == []


def test_none_reaches_into_another() -> None:
    found = credentials("URL_PASSWORD", f"postgres://orders:{WORD}@db/x?password=q8Rk2vT0zL5m")
    assert [(each.title, each.name) for each in found] == [("a password in a URL", ""), ("a password", "password")]
    assert found[0].end <= found[1].start


@pytest.mark.parametrize(
    ("line", "grade"),
    [
        ("DB_PASSWORD=tr4ding-Kestrel", "leak"),
        ("DB_PASSWORD=password123", "known"),
        ("DB_PASSWORD=postgres", "default"),
        ("DB_PASSWORD=changeme", "default"),
        ("URL=amqp://guest:guest@mq/", "default"),
        ("USERS=orders:$2y$10$" + RANDOM[:53], "weak"),
    ],
)
def test_grades(line: str, grade: str) -> None:
    name, _, value = line.partition("=")
    assert [each.grade for each in credentials(name, value)] == [grade]


def test_names_that_may_be_part_of_a_secret_are_not_told() -> None:
    [only] = credentials("notes", f"{RANDOM[:40]}_token: {RANDOM[:20]}\n")
    assert only.name == ""
    [only] = credentials("notes", f"{'very.' * 15}token: {RANDOM[:20]}\n")
    assert only.name == ""


@given(st.text(max_size=40), st.text(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_has_an_answer(name: str, value: str) -> None:
    found = credentials(name, value)
    ends = [0, *[end for each in found for end in (each.start, each.end)]]
    assert ends == sorted(ends)
    assert ends[-1] <= len(value)
