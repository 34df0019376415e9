"""Working days of duty stations, periods and deadlines. Pure: no database, no clock.

`Calendar` (days.py) says which days are worked; `Period` (periods.py) is a length of time as the
law writes it; `count` (counting.py) lays one on the other and shows its working.
"""
