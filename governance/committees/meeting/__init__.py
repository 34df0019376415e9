"""Meetings: convened in time, opened with a quorum, run item by item, closed by the chair."""
