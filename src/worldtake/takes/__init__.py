"""Group how a story is told, each take with its receipt."""

from worldtake.takes.group import GroupTakes

__all__ = ["GroupTakes"]
