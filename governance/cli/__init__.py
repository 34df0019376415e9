"""The door for the command line: `mandate`."""
