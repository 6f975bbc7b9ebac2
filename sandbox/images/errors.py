"""What can go wrong while an image is got or built."""

from sandbox.errors import SandboxError


class ImageError(SandboxError):
    """An image cannot be had; the message is a sentence for the operator."""
