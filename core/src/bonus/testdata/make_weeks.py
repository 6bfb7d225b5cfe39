"""Writes weeks.csv: ISO weeks as Python's zoneinfo sees them, an oracle that shares no code with ours.

Half of the instants lie within two seconds of the Monday that begins a week somewhere, where mistakes live.
Run: python3 make_weeks.py > weeks.csv
"""

import random
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

random.seed(53)
NOT_PLACES = ("posix/", "right/", "localtime", "posixrules", "Factory", "SystemV/")
zones = sorted(name for name in available_timezones() if not name.startswith(NOT_PLACES))
start, end = datetime(2015, 1, 1), datetime(2036, 1, 1)

print("seconds,zone,week")
for name in zones:
    zone = ZoneInfo(name)
    for turn in range(8):
        local = start + timedelta(seconds=random.randrange(int((end - start).total_seconds())))
        if turn % 2:
            monday = local.date() - timedelta(days=local.weekday())
            if turn % 4 == 3:  # the week that the years disagree on
                first = datetime(local.year, 1, 4).date()
                monday = first - timedelta(days=first.weekday())
            local = datetime(monday.year, monday.month, monday.day) + timedelta(seconds=random.randrange(-2, 3))
        seconds = int(local.replace(tzinfo=zone, fold=random.randrange(2)).timestamp())
        year, week, _ = datetime.fromtimestamp(seconds, timezone.utc).astimezone(zone).isocalendar()
        print(f"{seconds},{name},{year:04}-W{week:02}")
