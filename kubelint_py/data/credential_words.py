"""What the words in a name or a value say: whether a credential is promised, and whether something stands in for it.

Words are in lower case, as names are split: `dbApiKey` and `DB_API_KEY` are db, api, key.
Source: names and placeholders as they occur in public manifests, charts and configuration files.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PASSWORD_WORDS = _words("masterauth pass passcode passphrase passwd password passwort pw pwd")
PASSWORD_ENDINGS = ("pass", "passphrase", "passwd", "password", "pwd")
NOT_PASS = _words("askpass bypass compass encompass htpasswd multipass overpass surpass trespass underpass")
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
KEY_OWNERS = _words(
    "access account admin api app application auth authentication cipher client consumer cookie crypt crypto "
    "decryption deploy encrypt encryption fernet hmac ingest ingestion integration jwt master private recovery "
    "secret security service session shared sign signing storage subscription unseal webhook"
)
"""Words before `key` that make it a secret one."""
RANDOM_WORDS = _words(
    "auth authorization bearer cred credential credentials creds jwt key keys passwords secrets tokens"
)
"""Words that mean a credential only beside a value that looks random."""
NEUTRAL = _words(
    "b64 backup base base64 beta current decoded default dev development encoded hex live local main new old "
    "plain plaintext primary prod production qa raw secondary stage staging str string test text txt uat value"
)
"""Words after the credential's own that change nothing."""
NOT_CREDENTIALS = _words(
    "action actions addr address age algo algorithm allowed arn at attempts aud audience auditing authority "
    "backend bytes cache callback cert characters chars charset check checker checks claim claims class cmd cn "
    "column command complexity config configmap converter cost count country created crt date days delimiter "
    "desc description dir directory disabled dn domain domains duration empty enabled encoder endpoint engine "
    "env error event events exists expiration expires expiry extractor field file filename files filter format "
    "func function generator grace group groups handler hash header headers help hint history host hostname "
    "hours id ids index info interceptor interval invalid ip ips ipv issuer iterations json jwks kind label "
    "labels len length level lifetime limit link list location lookup manager map mapping mappings max maximum "
    "message method min minimum minutes mode modified mount mtime name names namespace naming needed ns number "
    "object objects off on org organization origins ou owner page param parameter parser path paths pattern "
    "period permission permissions placeholder plugin policy port prefix processor property provider query "
    "realm ref reference refresh regex region renewal required requirements reset resolver resource retention "
    "role rotation rounds rule rules san scheme scope scopes screen script seconds secs selector separator "
    "server service set size source spec state status storage store strategy strength subject suffix supported "
    "template time timeout timestamp title tls transform ttl type types uid updated uri uris url urls usage "
    "use user username valid validator validity var variable vault version volume window"
)
"""Words at the end of a name that say the value is about a credential, not one."""
BESIDE_CREDENTIALS = _words(
    "account bucket catalog cluster database db dbname driver email environment from login mail project "
    "protocol schema sender site team tenant to zone"
)
"""Words at the end of the names of what a Secret holds beside its credentials."""
NOT_OWNERS = _words(
    "allow can check disable enable existing generate has is mask max min no num public publishable require "
    "show skip use validate with"
)
"""Words anywhere in a name that say its credential is none: `PUBLIC_KEY`, `MAX_TOKEN`, `existingSecret`."""
NOT_BESIDE = _words(
    "bos bucket cache cancellation cls config continuation continue eos field file foreign gpg group hash host "
    "hot idempotency index lookup map message metric next object order pad page partition pgp primary pull "
    "random record resource routing row rowid sep shard short site sort ssh state stop topology total "
    "translation unk"
)
"""Words that say so right before the last one: `PRIMARY_KEY` is none, `PRIMARY_API_KEY` may be one."""
REFERENCE_OWNERS = _words("ca cert certificate docker dockerconfig image ingress k8s kube kubernetes registry ssl tls")
"""Words before `secret` that make it the name of a Secret."""
PLACEHOLDER_MARKS = (
    "${",
    "$(",
    "{{",
    "{%",
    "<%",
    "#{",
    "((",
    "[[",
    "ENC[",
    "@@",
    "%(",
    "%s",
    "{}",
    "...",
    "…",
    "EXAMPLE",
    "@azurekeyvault",
)
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
PLACEHOLDER_WORDS = tuple(
    _words(
        "changeit changeme dummy example fake fillin fixme insert placeholder putyour redacted removed replace sample "
        "setme tbd todo your"
    )
)
"""Starts of values, without their punctuation, that ask to be replaced."""
ELSEWHERE = _words(
    "come comes created defined fetched filled from generated injected kept loaded managed overridden passed provided "
    "replaced see set stored supplied use via will"
)
"""First of several words that say where a credential comes from, as in `set-by-ci` or `from-vault`."""
STANDS_FOR_NOTHING = _words(
    "absent any auto automatic basic bearer blank computed disabled empty enabled env external false files "
    "generate generated hidden inherit internal masked na nil no none nopassword notasecret notset notused "
    "null off omitted on optional prompt provided random required runtime sealed string tbc tobedefined "
    "tobeset todo true undefined unknown unset unused vault xxx yes"
)
"""Values, without their punctuation, that say where the credential comes from, or that there is none."""
DEFAULT_CREDENTIALS = _words(
    "12345 123456 1234567 12345678 123456789 1234567890 admin admin123 administrator default guest minio "
    "minioadmin mysql pass password postgres root secret test toor user"
)
"""Passwords that everybody tries first: no leak, but an open door."""
WELL_KNOWN = _words(
    "admin1234 admin12345 adminadmin bitnami cassandra change-me change_me changeit changeme changeme123 "
    "changethis elastic grafana harbor12345 keycloak letmein mariadb mongo mongodb neo4j p@ssw0rd passw0rd "
    "password1 password123 postgresql prom-operator qwerty rabbitmq redis root123 rootpassword s3cr3t "
    "secret123 sonarqube supersecret sysadmin test123 tomcat vagrant welcome welcome1 wordpress"
)
"""More passwords that products start with, or that are in every list of common ones."""
FILLERS = _words(
    "a access admin an api app application auth bar baz client credential credentials database db default dev "
    "foo here in initial jwt key long me my of pass passphrase passwd password please prod production "
    "random root secret secure service session some staging string strong super test the this token top user "
    "username value very"
)
"""Words one writes in place of a secret: a value of nothing else is none."""
REFERENCE_ENDS = _words(
    "auth cert certificate certs config credential credentials creds key keys pass passwd password passwords "
    "pw pwd ref secret secrets tls token tokens"
)
"""Last words of names of Secrets and their keys, as in `orders-db-password`."""
