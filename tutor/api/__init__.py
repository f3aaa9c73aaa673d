"""The HTTP API."""

from tutor.api.app import make_app
from tutor.api.services import ApiConfig, Keys, Services

__all__ = ["ApiConfig", "Keys", "Services", "make_app"]
