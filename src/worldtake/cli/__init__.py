"""The command line: parse arguments, call the newsroom, print."""

from worldtake.cli.app import main

__all__ = ["main"]
