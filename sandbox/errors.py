"""What can go wrong with a sandbox. None of it is the learner's doing."""

from __future__ import annotations


class SandboxError(Exception):
    """A failure of ours. `transient` says whether trying again later can help."""

    transient = False


class EngineUnavailable(SandboxError):
    """The Docker engine does not answer. Nothing was run; try again when it is back."""

    transient = True


class EngineUnusable(SandboxError):
    """The settings name an engine that can't serve. Only a change of the settings helps."""


class SandboxFailed(SandboxError):
    """A sandbox did not start, broke its protocol, or went away before it had finished."""


class ImageMissing(SandboxError):
    """The environment's image is not there. `make setup` builds it."""


class UnknownEnvironment(SandboxError):
    """An exercise asks for an environment that no folder under sandbox/images declares."""
