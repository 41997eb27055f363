"""The desk: lists of cases, the page of a case, search, the bell, packs to read."""
