"""Bodies as data: who may sit with whom, written as rules that cite their articles."""
