"""The command line: one file per command group; heavy imports live inside the commands."""

from tutor.cli.app import app, main

__all__ = ["app", "main"]
