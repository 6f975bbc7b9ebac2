"""The set-up's scripts, on this machine as it is after `make test` has run them once."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CAN_START_ENGINES = os.geteuid() == 0 and shutil.which("dockerd") and shutil.which("unshare")

# Says that it is the Python of the file `version`, and has no packages but in its own environment.
PYTHON = """#!/bin/sh
case "$*" in
    -V) cat version ;;
    *venv*) mkdir -p .venv/bin && cp bin/python3 .venv/bin/python && cp version .venv/made-by ;;
    *pip*) cmp -s version .venv/made-by ;;
esac
"""

# A world without an engine: nothing of the real one is visible in it, or reachable from it.
ALONE = ["unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc", "sh", "-euc"]
HIDE_THE_ENGINE = """
    mkdir -p /var/lib/docker instance
    for folder in /run /var/lib/docker instance; do mount -t tmpfs tmpfs $folder; done
    ip link set lo up
    unset DOCKER_HOST
"""


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def alone(script: str) -> subprocess.CompletedProcess[str]:
    return run(*ALONE, HIDE_THE_ENGINE + script)


@pytest.mark.parametrize(
    "step",
    [
        ["scripts/python", "dev"],
        ["scripts/frontend"],
        ["scripts/browser"],
        [sys.executable, "-m", "sandbox.images.build"],
    ],
)
def test_a_second_set_up_has_nothing_left_to_do(step: list[str]) -> None:
    done = run(*step)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_engine_that_answers_is_left_alone() -> None:
    done = run("scripts/with-engine", "sh", "-c", "echo $DOCKER_HOST; exit 7")
    assert done.returncode == 7
    assert done.stdout.startswith("unix://")
    assert "starting" not in done.stdout


def test_an_engine_that_does_not_answer_is_named_and_nothing_is_run(tmp_path: Path) -> None:
    host = f"unix://{tmp_path}/docker.sock"
    done = run("scripts/with-engine", "touch", tmp_path / "run", DOCKER_HOST=host)
    assert done.returncode == 1
    assert done.stderr == f"No Docker engine answers at {host}, which is what DOCKER_HOST names.\n"
    assert not (tmp_path / "run").exists()


def test_an_engine_that_may_not_be_used_is_said_to_be_that(tmp_path: Path) -> None:
    path = tmp_path / "docker.sock"
    # In a user namespace even root is bound by a file's mode.
    bound = ["unshare", "--user"] if os.geteuid() == 0 else []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        path.chmod(0)
        done = run(*bound, "scripts/with-engine", "true", DOCKER_HOST=f"unix://{path}")
    assert done.returncode == 1
    assert done.stderr.startswith("A Docker engine is running, but you may not use it: add")
    assert done.stderr.count("\n") == 1


def test_ctrl_c_while_an_engine_is_looked_for_ends_without_a_word(tmp_path: Path) -> None:
    host = f"unix://{tmp_path}/docker.sock"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(host.removeprefix("unix://"))
        listener.listen()
        started = subprocess.Popen(
            ["scripts/with-engine", "true"],
            cwd=ROOT,
            env=os.environ | {"DOCKER_HOST": host},
            stderr=subprocess.PIPE,
        )
        connection, _ = listener.accept()
        with connection:  # which never answers
            started.send_signal(signal.SIGINT)
            _, said = started.communicate(timeout=30)
    assert (started.returncode, said) == (130, b"")


def test_a_python_that_was_replaced_gets_a_new_environment(tmp_path: Path) -> None:
    for folder in ("scripts", "requirements", "bin"):
        (tmp_path / folder).mkdir()
    for file in ("scripts/python", "scripts/find-python"):
        shutil.copy(ROOT / file, tmp_path / file)
    for file in ("requirements/run.txt", "pyproject.toml"):
        (tmp_path / file).touch()
    (tmp_path / "bin/python3").write_text(PYTHON)
    (tmp_path / "bin/python3").chmod(0o755)
    path = f"{tmp_path}/bin:{os.environ['PATH']}"
    made = []
    for version in ("3.11", "3.11", "3.12"):
        (tmp_path / "version").write_text(version)
        done = run(tmp_path / "scripts/python", "run", PATH=path)
        assert (done.returncode, done.stderr) == (0, "")
        made.append("making .venv" in done.stdout)
    assert made == [True, False, True]


def test_without_a_python_the_sentence_says_what_to_install(tmp_path: Path) -> None:
    done = run("/bin/sh", "scripts/find-python", PATH=str(tmp_path))
    assert done.returncode == 1
    assert "install python3 and python3-venv" in done.stderr


@pytest.mark.skipif(not CAN_START_ENGINES, reason="needs root, dockerd and unshare")
def test_without_root_one_sentence_says_what_to_install_and_nothing_is_run() -> None:
    done = alone("unshare --user scripts/with-engine echo run")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("No Docker engine answers: install Docker and start it")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not CAN_START_ENGINES, reason="needs root, dockerd and unshare")
def test_an_engine_of_ours_is_stopped_without_leaving_our_containers() -> None:
    done = alone("""
        make_two='tar -C scripts -c . | docker import - test:1
            docker create --label backyard.owner=test --name ours test:1 sh
            docker create --name theirs test:1 sh'
        scripts/with-engine sh -c "$make_two" >/dev/null
        test ! -e /run/docker.sock || ! docker version
        scripts/with-engine docker ps --all --format '{{.Names}}'
    """)
    assert done.stdout.splitlines()[-1] == "theirs", done.stderr


@pytest.mark.skipif(not CAN_START_ENGINES, reason="needs root, dockerd and unshare")
def test_a_terminated_command_still_has_its_engine_stopped() -> None:
    done = alone("""
        scripts/with-engine sleep 100 & started=$!
        until docker version >/dev/null 2>&1; do sleep 0.1; done
        sleep 0.5
        kill -TERM $started
        wait $started || echo ended with $?
        ! pgrep dockerd || echo still there
    """)
    assert done.stdout.splitlines()[1:] == ["ended with 143"], done.stderr


@pytest.mark.skipif(not CAN_START_ENGINES, reason="needs root, dockerd and unshare")
def test_an_engine_that_cannot_start_is_reported_with_its_last_words() -> None:
    done = alone("""
        mkdir /etc/docker 2>/dev/null || :
        mount -t tmpfs tmpfs /etc/docker
        echo '{"storage-driver": "no-such-driver"}' >/etc/docker/daemon.json
        scripts/with-engine true
    """)
    assert done.returncode == 1
    assert "dockerd did not start" in done.stderr
    assert "driver not supported" in done.stderr
