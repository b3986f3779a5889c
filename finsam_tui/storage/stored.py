"""Stored text read back as what it stands for: dates and moments."""

from __future__ import annotations

from datetime import date, datetime


def day(text: str | None) -> date | None:
    """Return a stored date."""
    return date.fromisoformat(text) if text else None


def moment(text: str | None) -> datetime | None:
    """Return a stored moment, local and to the minute."""
    return datetime.fromisoformat(text) if text else None
