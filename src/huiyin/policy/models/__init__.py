"""Models of policy."""

from huiyin.policy.models.calendar import CalendarDay, CalendarYear
from huiyin.policy.models.pack import PackKind, PackVersion

__all__ = ["CalendarDay", "CalendarYear", "PackKind", "PackVersion"]
