"""When each stage will be over: earliest, likely, latest, on real calendars."""
