"""The learner's code against the sandbox's PostgreSQL server, from an HTTP application."""

from __future__ import annotations

from typing import Any, Final

from sandbox.docker import DockerProvider
from sandbox.docker.provider import DockerSandbox
from sandbox.environment import load_environments
from sandbox.interface import Sandbox
from sandbox.pool import Pool
from tests.functional.probes import answered, grade, inside, probe, telling

SAYS: Final = """
import psycopg

def said(statement, **login):
    "The rows of a statement as texts, or the name of PostgreSQL's error."
    try:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, **login) as session:
            cursor = session.execute(statement)
            return [list(map(str, row)) for row in cursor] if cursor.description else "done"
    except psycopg.Error as error:
        return type(error).__name__ if error.sqlstate else str(error)
"""

NO: Final = "InsufficientPrivilege"

REFUSED: Final = [
    "COPY (SELECT 1) TO PROGRAM 'id'",
    "COPY (SELECT 1) TO '/tmp/file'",
    "CREATE TEMP TABLE t (line text); COPY t FROM PROGRAM 'id'",
    "CREATE TEMP TABLE t (line text); COPY t FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_read_binary_file('/proc/self/environ')",
    "SELECT pg_ls_dir('/')",
    "SELECT pg_stat_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_export(1, '/tmp/file')",
    "SELECT rolpassword FROM pg_authid",
    "SELECT passwd FROM pg_shadow",
    "SHOW data_directory",
    "SELECT * FROM pg_hba_file_rules",
    "CREATE EXTENSION file_fdw",
    "CREATE EXTENSION dblink",
    "CREATE FUNCTION f() RETURNS int LANGUAGE c AS '/tmp/evil', 'evil'",
    "CREATE FUNCTION f() RETURNS int LANGUAGE internal AS 'pg_backend_pid'",
    "CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION f()",
    "CREATE TABLE pg_catalog.mine (i int)",
    "CREATE SCHEMA mine",
    "CREATE DATABASE mine",
    "CREATE ROLE mine",
    "CREATE TABLESPACE mine LOCATION '/tmp'",
    "CREATE PUBLICATION mine FOR ALL TABLES",
    "ALTER ROLE learner SUPERUSER",
    "ALTER ROLE learner BYPASSRLS",
    "ALTER ROLE suite PASSWORD 'known'",
    "ALTER SYSTEM SET fsync = on",
    "ALTER DATABASE exercise SET search_path = mine",
    "ALTER SCHEMA public OWNER TO learner",
    "DROP SCHEMA public CASCADE",
    "GRANT suite TO learner",
    "SET ROLE suite",
    "SET SESSION AUTHORIZATION suite",
    "SET session_replication_role = replica",
    "SET temp_file_limit = -1",
    "SET session_preload_libraries = 'evil'",
    "LOAD '/tmp/evil'",
    "SELECT pg_reload_conf()",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'suite'",
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'suite'",
    "CHECKPOINT",
]

LOOK: Final = """
def test_look(client, database):
    database.execute("SELECT 'what the suite asks'")
    assert client.get("/").status_code == 200
"""

PLANTS: Final = '''
PLANTED = """
CREATE TABLE books (id int);
CREATE VIEW shown AS SELECT id FROM books;
CREATE SEQUENCE counted;
CREATE TYPE mood AS ENUM ('good');
CREATE FUNCTION lower(varchar) RETURNS text LANGUAGE sql AS $$ SELECT 'planted' $$;
CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER spy BEFORE INSERT ON books FOR EACH ROW EXECUTE FUNCTION spy();
CREATE RULE hide AS ON DELETE TO books DO INSTEAD NOTHING;
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
CREATE AGGREGATE most (int) (SFUNC = int4larger, STYPE = int);
SELECT lo_create(4711);
ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC;
GRANT ALL ON books TO PUBLIC;
ALTER ROLE learner SET statement_timeout = 60001;
ALTER ROLE learner IN DATABASE exercise SET search_path = evil;
"""

if path == "plant":
    stays = [psycopg.connect(os.environ["DATABASE_URL"]) for _ in range(10)]
    for statement in filter(str.strip, PLANTED.split(";\\n")):
        stays[0].execute(statement)
    stays[0].commit()
    stays[0].execute("LOCK TABLE books")
    stays[1].execute("SELECT pg_advisory_lock(1)")
    builtins = sys.modules["builtins"]
    builtins.stays = stays
    return said("SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted")
settings = ["SHOW statement_timeout", "SHOW search_path", "SELECT lower('A'::varchar)"]
return [said(setting) for setting in settings]
'''

SUITE_THAT_LOOKS_FOR_TRACES: Final = """
OWNED = '''
SELECT classid::regclass::text, count(*) FROM pg_shdepend
WHERE refobjid = 'learner'::regrole AND deptype = 'o' GROUP BY 1
'''

def test_plant(client, database):
    assert client.get("/plant").json() == [["1"]]

def test_look(client, database):
    def count(statement):
        return database.execute(statement).fetchall()
    assert count(OWNED) == []
    assert count("SELECT unnest(setconfig) FROM pg_db_role_setting") == [("track_activities=off",)]
    assert count("SELECT * FROM pg_largeobject_metadata") == []
    assert count("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace") == []
    assert count("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace") == []
    others = "usename = 'learner' AND pid <> pg_backend_pid()"
    assert count(f"SELECT pid FROM pg_stat_activity WHERE {others}") == []
    assert count("SELECT objid FROM pg_locks WHERE locktype = 'advisory'") == []
    assert client.get("/look").status_code == 200
"""


FLOODS: Final = """
import psycopg

for _ in range(40):
    try:
        psycopg.connect(os.environ["DATABASE_URL"], user="nobody" * 1000)
    except psycopg.Error as error:
        said = str(error)
with psycopg.connect(os.environ["DATABASE_URL"]) as session:
    session.execute("DO $$ BEGIN RAISE WARNING '%', repeat('x', 100000); END $$")
return said.partition("FATAL")[1]
"""


class RememberingPool(Pool):
    """A pool that knows which sandbox was taken last."""

    last: Sandbox

    def take(self, name: str) -> Sandbox:
        self.last = super().take(name)
        return self.last


def asked(pool: Pool, body: str, suite: str = LOOK) -> list[Any]:
    """What an application answers that may ask the database."""
    code = telling(body).replace("def app_of", f"{SAYS}\ndef app_of")
    return answered(grade(pool, code, probe(suite, environment="postgres")))


def test_a_learner_is_refused_all_that_reaches_beyond_their_own_tables(pool: Pool) -> None:
    [found] = asked(pool, f"return [said(statement) for statement in {REFUSED}]")
    allowed = {s: said for s, said in zip(REFUSED, found, strict=True) if said != NO}
    assert allowed == {}


def test_a_learner_can_do_what_an_application_does(pool: Pool) -> None:
    body = """
    steps = ["CREATE TABLE books (id serial PRIMARY KEY, title text NOT NULL)",
             "INSERT INTO books (title) VALUES ('Kindred')", "SELECT * FROM books"]
    return [said(step) for step in steps]
    """
    assert asked(pool, body) == [["done", "done", [["1", "Kindred"]]]]


def test_a_learner_sees_neither_the_suites_statements_nor_its_password(pool: Pool) -> None:
    body = """
    groups = "SELECT roleid::regrole FROM pg_auth_members WHERE member = 'learner'::regrole"
    mine = "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles"
    return {
        "queries": said("SELECT DISTINCT query FROM pg_stat_activity WHERE usename IS NOT NULL"),
        "rights": said(f"{mine} WHERE rolname = current_user"),
        "groups": said(groups),
    }
    """
    [found] = asked(pool, body)
    assert sorted(found["queries"]) == [[""], ["<insufficient privilege>"]]
    assert found["rights"] == [["False"] * 4]
    assert found["groups"] == []


def test_a_learner_can_log_in_as_nobody_else(pool: Pool) -> None:
    body = """
    tries = {"suite": {}, "postgres": {}, "guess": {"user": "suite", "password": "suite"}}
    return {name: said("SELECT 1", **{"user": name, **login}) for name, login in tries.items()}
    """
    [found] = asked(pool, body)
    assert "no password supplied" in found["suite"]
    assert "Peer authentication failed" in found["postgres"]
    assert "password authentication failed" in found["guess"]


def test_nothing_that_was_planted_lives_on_in_the_next_test(pool: Pool) -> None:
    planted, looked = asked(pool, PLANTS, SUITE_THAT_LOOKS_FOR_TRACES)
    assert planted == [["1"]]
    assert looked == [[["0"]], [['"$user", public']], [["a"]]]


def test_nothing_that_a_learner_has_the_server_log_reaches_the_host(
    provider: DockerProvider,
) -> None:
    with RememberingPool(provider, {"postgres": load_environments()["postgres"]}) as pool:
        assert inside(pool, FLOODS, "postgres") == "FATAL"
        assert isinstance(pool.last, DockerSandbox)
        assert pool.last._stream._complaints == b""
