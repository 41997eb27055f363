# The same as `python3 x …`, for hands that know make.
PYTHON ?= python3

.PHONY: run test setup lint lock words
run test setup lint lock words:
	@$(PYTHON) x $@
