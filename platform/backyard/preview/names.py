"""What the preview's command and its web process have to agree on."""

from __future__ import annotations

from typing import Final

LEARNER: Final = "you"
"""The name of the one learner that a preview has."""

TARGET: Final = "backyard.preview.application:app"
"""What gunicorn loads."""
