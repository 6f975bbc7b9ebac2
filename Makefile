# Every target is a script in scripts/, which can be read and run by itself.
.DEFAULT_GOAL := help
.PHONY: help run setup test redteam chaos lint lock bench

help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.* ## /\1\t/p' $(MAKEFILE_LIST) | expand -t 8

run: ## set up what is missing, and serve on 127.0.0.1:8000
	@scripts/with-engine scripts/run

setup: ## set up what is missing, and no more
	@scripts/with-engine scripts/setup run

test: ## set up what is missing, then run every check and every test
	@scripts/with-engine scripts/test

redteam: ## run every hostile submission of tests/redteam, and print what came of each
	@scripts/with-engine scripts/redteam

chaos: ## kill, stop, fill and lock what can be, and print what each fault cost
	@scripts/with-engine sh -c 'scripts/setup dev && exec .venv/bin/python -m tests.chaos'

lint: ## check style and types
	@scripts/python dev && scripts/frontend && scripts/lint

lock: ## write every lock file anew, with the newest versions that fit
	@scripts/python dev && scripts/lock

bench: ## measure the grading times that README gives
	@scripts/with-engine sh -c 'scripts/setup dev && exec .venv/bin/python -m benchmarks.grading'
