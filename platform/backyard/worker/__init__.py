"""The worker: claims submissions, has them graded, stores what comes back.

The only part that can reach the Docker engine. It needs the database, not the web application.
"""

from backyard.worker.command import worker_command

__all__ = ["worker_command"]
