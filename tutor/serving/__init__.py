"""`pramana serve`: one server process, or several side by side."""

from tutor.serving.process import bind, serve
from tutor.serving.supervisor import supervise

__all__ = ["bind", "serve", "supervise"]
