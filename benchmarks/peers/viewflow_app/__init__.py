"""An application of Django for the flows that are measured."""
