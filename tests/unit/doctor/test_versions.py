"""Versions against known faults: data in, a finding out."""

from __future__ import annotations

import pytest

from sandbox.doctor.findings import Status
from sandbox.doctor.versions import FAULTS, Package, has_fault, judge, parse

LEAK, MOUNTS = FAULTS["runc"]
[DIRTY_PIPE] = FAULTS["kernel"]


def test_versions_are_read_as_their_makers_and_packagers_write_them() -> None:
    assert parse("1.1.5+ds1") == (1, 1, 5, 1000)
    assert parse("v1.4.0-rc.3") == parse("1.4.0~rc3+ds1") == (1, 4, 0, 3)
    assert parse("6.18.44-fc-v657") == (6, 18, 44, 1000)
    assert parse("6.1") == (6, 1, 0, 1000)
    assert parse("unknown") is None


def test_each_branch_has_its_own_first_good_version() -> None:
    bad = ["1.1.5", "1.1.15", "1.2.7", "1.3.2", "1.4.0-rc.2", "1.0.0-rc93"]
    good = ["1.2.8", "1.2.9", "1.3.3", "1.4.0-rc.3", "1.4.0", "1.5.0"]
    assert [text for text in bad + good if has_fault(parse(text) or (0, 0, 0, 0), MOUNTS)] == bad


def test_a_version_from_before_a_fault_was_made_does_not_have_it() -> None:
    bad = ["5.8.0", "5.10.101", "5.15.24", "5.16.10", "5.11.0"]
    good = ["4.19.200", "5.4.300", "5.10.102", "5.15.25", "5.16.11", "6.1.0"]
    found = [text for text in bad + good if has_fault(parse(text) or (0, 0, 0, 0), DIRTY_PIPE)]
    assert found == bad


def test_a_new_version_is_good() -> None:
    finding = judge("runc", "1.3.3", None)
    assert (finding.status, finding.advice) == (Status.OK, "")


def test_an_old_version_of_unknown_origin_is_a_warning_that_names_what_it_lacks() -> None:
    finding = judge("runc", "1.1.5", None)
    assert finding.status is Status.WARNING
    for words in ("CVE-2024-21626", "1.1.12", "CVE-2025-31133", "1.2.8 or 1.3.3 or 1.4.0-rc.3"):
        assert words in finding.found
    assert "unless your distribution has patched it" in finding.found
    assert finding.advice == "Update runc."


def test_an_old_version_whose_packages_changelog_tells_of_every_fault_is_good() -> None:
    changelog = " ".join(name for fault in FAULTS["runc"] for name in fault.names)
    finding = judge("runc", "1.1.5+ds1", Package("runc", "1.1.5+ds1-1+deb12u2", changelog))
    assert finding.status is Status.OK
    assert "1.1.5+ds1-1+deb12u2 tells of CVE-2024-21626" in finding.found


@pytest.mark.parametrize("told", ["CVE-2025-31133", "CVE-2025-31133 and CVE-2025-52565"])
def test_a_changelog_that_tells_of_some_of_a_faults_numbers_is_not_enough(told: str) -> None:
    package = Package("runc", "1.1.5+ds1-1+deb12u1", f"CVE-2024-21626, {told}")
    finding = judge("runc", "1.1.5+ds1", package)
    assert finding.status is Status.WARNING
    assert "CVE-2024-21626" not in finding.found, "that one is told of"
    assert "does not tell of a patch" in finding.found


def test_a_package_without_a_changelog_is_no_proof() -> None:
    finding = judge("containerd", "1.6.20", Package("containerd", "1.6.20-1", ""))
    assert finding.status is Status.WARNING
    assert "it has no changelog here" in finding.found


@pytest.mark.parametrize("text", ["", "unknown"])
def test_a_version_that_cannot_be_read_is_unknown_and_not_good(text: str) -> None:
    finding = judge("runc", text, None)
    assert finding.status is Status.UNKNOWN
    assert "CVE-2024-21626" in finding.advice
