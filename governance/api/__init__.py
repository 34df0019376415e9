"""The door for machines: a versioned HTTP API with OpenAPI."""

from governance.api.application import application

__all__ = ["application"]
