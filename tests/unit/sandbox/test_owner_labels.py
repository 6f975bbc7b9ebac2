"""Whose a container is, and whether that process still runs."""

from __future__ import annotations

import os
import subprocess
import sys

from sandbox.docker.owner import owner_is_gone, owner_label

TELL = "from sandbox.docker.owner import owner_label; print(owner_label(), flush=True); input()"


def parts() -> list[str]:
    """This process's label: boot id, pid namespace, pid, start time."""
    return owner_label().split("/")


def test_this_process_is_living() -> None:
    assert len(parts()) == 4
    assert not owner_is_gone(owner_label())


def test_another_process_lives_until_it_ends() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TELL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        label = other.stdout.readline().strip()
        assert not owner_is_gone(label)
        other.communicate("\n")
    assert owner_is_gone(label)


def test_a_process_that_got_the_pid_of_a_dead_one_is_not_taken_for_it() -> None:
    *others, start = parts()
    assert owner_is_gone("/".join([*others, str(int(start) + 1)]))


def test_nothing_of_an_earlier_boot_lives() -> None:
    _, *rest = parts()
    assert owner_is_gone("/".join(["00000000-0000-0000-0000-000000000000", *rest]))


def test_a_process_of_another_pid_namespace_counts_as_living() -> None:
    boot, _, pid, start = parts()
    assert not owner_is_gone(f"{boot}/pid:[1]/{pid}/{start}0")


def test_a_label_that_nobody_wrote_has_no_owner() -> None:
    boot, namespace, *_ = parts()
    for label in ("", "test", f"{boot}/{namespace}", f"{boot}/{namespace}/x/1"):
        assert owner_is_gone(label), label


def test_a_name_with_brackets_and_spaces_hides_no_start_time() -> None:
    code = f"import ctypes; ctypes.CDLL(None).prctl(15, b'a) b (c', 0, 0, 0); {TELL}"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        label = other.stdout.readline().strip()
        assert label.split("/")[2] == str(other.pid)
        assert label.split("/")[3].isdigit()
        assert int(label.split("/")[3]) >= int(parts()[3]), "it started after this process"
        assert not owner_is_gone(label)
        other.communicate("\n")


def test_a_forked_child_has_a_label_of_its_own() -> None:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(writing, owner_label().encode())
        os._exit(0)
    os.waitpid(pid, 0)
    os.close(writing)
    label = os.read(reading, 1000).decode()
    os.close(reading)
    assert label != owner_label()
    assert owner_is_gone(label)
