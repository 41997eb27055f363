"""The cases of the demo: one file per kind of trouble, the words of a case beside the way it went."""
