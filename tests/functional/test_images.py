"""What the sandbox images hold, and whom the PostgreSQL cluster in them lets in."""

from collections.abc import Iterator
from contextlib import closing

import docker
import pytest
from docker.models.containers import Container

from sandbox.images.build import ensure_images, image_tag
from sandbox.images.tags import image_names

START_CLUSTER = """
cp -a /var/lib/postgresql/template /data/cluster
postgres() { setpriv --reuid=postgres --regid=postgres --init-groups "$@"; }
chown postgres /run/postgresql
postgres pg_ctl --pgdata=/data/cluster --log=/data/log --wait start
postgres psql --quiet --dbname=postgres --command="ALTER ROLE suite PASSWORD 'secret'"
echo ready
exec sleep 600
"""


@pytest.fixture(scope="module", autouse=True)
def images() -> None:
    """Every image of this checkout."""
    ensure_images(print)


@pytest.fixture(scope="module")
def engine() -> Iterator[docker.DockerClient]:
    client = docker.from_env()
    yield client
    client.close()


@pytest.fixture(scope="module")
def cluster(engine: docker.DockerClient) -> Iterator[Container]:
    """A container whose cluster is up, with the suite's password set to `secret`."""
    container = engine.containers.run(
        image_tag("postgres"),
        entrypoint=["sh", "-euc", START_CLUSTER],
        tmpfs={"/data": "size=128m", "/run/postgresql": "size=1m,mode=0755"},
        network_mode="none",
        read_only=True,
        detach=True,
        labels={"backyard.test": "images"},
    )
    try:
        with closing(container.logs(stream=True)) as lines:
            if b"ready" not in (line.strip() for line in lines):
                pytest.fail(container.logs().decode())
        yield container
    finally:
        container.remove(force=True)


def in_image(engine: docker.DockerClient, name: str, *command: str) -> str:
    output = engine.containers.run(
        image_tag(name),
        entrypoint=list(command),
        network_mode="none",
        read_only=True,
        remove=True,
    )
    return output.decode()


def executed(container: Container, *command: str, **environment: str) -> tuple[int, str]:
    """Run a command as a user that has nothing; return its exit code and all that it said."""
    done = container.exec_run(list(command), user="40001:40001", environment=environment)
    assert done.exit_code is not None
    assert isinstance(done.output, bytes)
    return done.exit_code, done.output.decode()


def psql(cluster: Container, role: str, database: str, *statements: str) -> tuple[int, str]:
    """Run statements as an ordinary user of the container, who logs in as a role."""
    command = ["psql", "-XAtw", "-v", "ON_ERROR_STOP=1", "-U", role, "-d", database]
    for statement in statements:
        command += ["-c", statement]
    secret = {"PGPASSWORD": "secret"} if role == "suite" else {}
    return executed(cluster, *command, **secret)


@pytest.mark.parametrize("name", image_names())
def test_what_learners_use_can_be_imported(engine: docker.DockerClient, name: str) -> None:
    modules = "alembic, django, flask, flask_login, flask_migrate, flask_sqlalchemy, httpx, jwt"
    code = f"import {modules}, psycopg, pytest, sqlalchemy, sandbox.protocol; print('fine')"
    assert in_image(engine, name, "python", "-I", "-c", code) == "fine\n"


@pytest.mark.parametrize("name", image_names())
def test_an_image_starts_the_runner(engine: docker.DockerClient, name: str) -> None:
    entrypoint = engine.images.get(image_tag(name)).attrs["Config"]["Entrypoint"]
    assert entrypoint == ["/opt/backyard/bin/python", "-I", "-u", "-m", "sandbox.runner"]


@pytest.mark.parametrize("name", image_names())
def test_no_program_is_set_uid_or_set_gid(engine: docker.DockerClient, name: str) -> None:
    assert in_image(engine, name, "find", "/", "-xdev", "-type", "f", "-perm", "/6000") == ""


@pytest.mark.parametrize("name", image_names())
def test_nothing_of_the_build_is_left(engine: docker.DockerClient, name: str) -> None:
    assert (
        in_image(engine, name, "find", "/", "-xdev", "-name", "*.whl", "-o", "-name", "*.deb") == ""
    )
    assert in_image(engine, name, "find", "/opt/backyard/bin", "-name", "pip*") == ""


def test_a_learner_gets_into_the_exercise_and_owns_nothing_there(cluster: Container) -> None:
    assert psql(cluster, "learner", "exercise", "SELECT current_user") == (0, "learner\n")
    code, said = psql(cluster, "learner", "exercise", "CREATE TABLE public.mine (i int)")
    assert code != 0
    assert "permission denied" in said


@pytest.mark.parametrize("database", ["postgres", "template1"])
@pytest.mark.parametrize("role", ["learner", "suite"])
def test_no_other_database_lets_anyone_in(cluster: Container, role: str, database: str) -> None:
    code, said = psql(cluster, role, database, "SELECT 1")
    assert code != 0
    assert "pg_hba.conf rejects" in said


def test_only_the_operating_system_user_postgres_is_the_superuser(cluster: Container) -> None:
    code, said = psql(cluster, "postgres", "exercise", "SELECT 1")
    assert code != 0
    assert "Peer authentication failed" in said


def test_the_suite_needs_its_password(cluster: Container) -> None:
    code, said = executed(cluster, "psql", "-Xw", "-U", "suite", "-d", "exercise")
    assert code != 0
    assert "no password supplied" in said


def test_the_suite_owns_the_schema_and_can_become_the_learner(cluster: Container) -> None:
    become = ["SET ROLE learner", "SELECT current_user"]
    owner = "SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'public'"
    assert psql(cluster, "suite", "exercise", owner) == (0, "suite\n")
    assert psql(cluster, "suite", "exercise", *become) == (0, "SET\nlearner\n")


@pytest.mark.parametrize(
    "statement",
    [
        "COPY (SELECT 1) TO PROGRAM 'id'",
        "COPY (SELECT 1) TO '/data/file'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_export(1, '/data/file')",
        "CREATE EXTENSION file_fdw SCHEMA pg_catalog",
        "SET temp_file_limit = -1",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "SET ROLE suite",
    ],
)
def test_a_learner_is_refused(cluster: Container, statement: str) -> None:
    code, said = psql(cluster, "learner", "exercise", statement)
    assert code != 0
    assert "denied" in said


def test_the_cluster_is_small(engine: docker.DockerClient) -> None:
    size = in_image(engine, "postgres", "du", "-sm", "/var/lib/postgresql/template")
    assert int(size.split()[0]) < 30


def test_the_cluster_spends_nothing_on_surviving_a_crash(cluster: Container) -> None:
    query = "SELECT name FROM pg_settings WHERE setting = 'off'"
    _, names = psql(cluster, "learner", "exercise", query)
    needless = {"autovacuum", "fsync", "full_page_writes", "jit", "synchronous_commit"}
    assert needless <= set(names.split())
