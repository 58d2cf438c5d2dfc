"""The notice of a meeting: how many clear days lie between its papers and the meeting, bank holidays known."""

from __future__ import annotations

from datetime import date, timedelta

from .model.meeting import Meeting

CLEAR_DAYS = 5  # between the publication of the papers and the meeting; neither of these days counts


def notice(meeting: Meeting) -> int | None:
    """The clear days between a meeting's papers and the meeting; None where nothing says when they were published."""
    return clear_days(meeting.papers_published, meeting.held) if meeting.papers_published else None


def clear_days(published: date, held: date) -> int:
    """Working days in England between two days, without either of them."""
    # Imported here: the library takes long to load, and most content has no meeting still to come.
    from holidays import country_holidays

    first, last = published + timedelta(days=1), held - timedelta(days=1)
    if first > last:
        return 0
    return country_holidays("GB", subdiv="ENG").get_working_days_count(first, last)


def latest_day(held: date) -> date:
    """The last day on which papers can be published for a meeting."""
    day = held
    while clear_days(day, held) < CLEAR_DAYS:
        day -= timedelta(days=1)
    return day
