"""The one idea: a question to named people under a decision rule, with a deadline."""
