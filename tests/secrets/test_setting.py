"""Settings in texts of many languages."""

from __future__ import annotations

import pytest

from kubelint_py.rules.secrets._credential import credentials
from kubelint_py.rules.secrets._setting import settings

VALUE = "Fr0g-Lantern9"
FILES = {
    "a.properties": f"db.password={VALUE}",
    "b.properties": f"db.url=x\r\ndb.password = {VALUE}\r\nx=y\r\n",
    "c.yaml": f"db:\n  user: x\n  password: {VALUE} # rotate\n",
    "d.yaml": f"- password: '{VALUE}'\n",
    "e.yaml": f"db: {{user: x, password: {VALUE}}}\n",
    "f.yaml": f"env:\n  - name: DB_PASSWORD\n    value: {VALUE}\n",
    "g.json": f'{{"db": {{"user": "x", "password" : "{VALUE}"}}}}',
    "h.json": f'{{"name":"DB_PASSWORD","value":"{VALUE}"}}',
    "i.json": f'{{"text": "{{\\"password\\":\\"{VALUE}\\"}}"}}',
    "j.toml": f"password = '{VALUE}'",
    "k.ini": f"[db]\nPassword={VALUE}\n",
    "l.xml": f"<a><password>\n  {VALUE}\n</password></a>",
    "m.xml": f'<property name="db.password" value="{VALUE}"/>',
    "n.xml": f"<name>db.password</name>\n  <value>{VALUE}</value>",
    "o.xml": f'<Resource user="x" password="{VALUE}" driver="y"/>',
    "redis.conf": f"port 1\nrequirepass {VALUE}\n",
    "run.sh": f"export PGPASSWORD={VALUE}\n",
    "run2.sh": f"PGPASSWORD={VALUE} psql -h db",
    "run3.sh": f"mysql --user x --password={VALUE} db",
    "run4.sh": f"mysql --user x --password '{VALUE}' db",
    "app.py": f'password = "{VALUE}"\n',
    "app.rb": f'ENV["DB_PASSWORD"] = "{VALUE}"\n',
    "app.js": f"const db = {{ password: '{VALUE}', user: 'x' }};\n",
    "cs": f"Server=x;User Id=sa;Password={VALUE};Trust=true",
    "dsn": f"host=x user=y password={VALUE} dbname=z",
    "init.sql": f"CREATE ROLE orders LOGIN PASSWORD '{VALUE}';",
    "init2.sql": f"CREATE USER 'orders'@'%' IDENTIFIED BY '{VALUE}';",
    "init3.sql": f"create user orders identified with caching_sha2_password by '{VALUE}'",
    ".netrc": f"machine git.example login orders password {VALUE}",
    "list": f'["--user=x", "--password={VALUE}"]',
}


@pytest.mark.parametrize(("name", "text"), FILES.items())
def test_the_value_and_nothing_else_is_found(name: str, text: str) -> None:
    [only] = credentials(name, text)
    assert text[only.start : only.end] == VALUE
    assert only.title == "a password"
    assert "password" in only.name.lower() or only.name == "requirepass"


@pytest.mark.parametrize(
    "text",
    [
        f"# password: {VALUE}",
        f"  // password = '{VALUE}'",
        f"-- password = '{VALUE}'",
        f"; password={VALUE}",
        f"user=x # password={VALUE}",
        f"the password: {VALUE}, or so",
        'password = os.environ["X"]',
        "password = secrets.get(x)",
        "password: !vault abc12345",
        "password: *password1",
        "password: |\n  x",
        'if password == "abc12345":',
        'echo "password: abc12345"',
        'x = "password:"+user1+"x12345"',
        'token=~"abc12345"',
        "password::abc12345",
        "the password is abc12345",
        "machine git.example password of abc12345",
        "CREATE TABLE users (password text, token varchar(255))",
        "password",
        "password:",
        "password=",
    ],
)
def test_what_gives_no_value(text: str) -> None:
    assert credentials("config", text) == []


def test_programs_have_values_in_quotes_only() -> None:
    assert credentials("app.py", f"password = {VALUE}") == []
    assert credentials("messages_de.properties", f"db.password={VALUE}") == []
    assert credentials("app.conf", f"password = {VALUE}") != []


def test_offsets_hold_where_lower_case_is_longer() -> None:
    text = f"İİİ\npassword={VALUE}\n"
    [only] = credentials("config", text)
    assert text[only.start : only.end] == VALUE


def test_each_value_is_told_once() -> None:
    assert len(list(settings(f"secret_password_key_token: {VALUE}"))) == 1
