"""Rules of procedure as data: each with article, dates, subjects and how it may be waived."""
