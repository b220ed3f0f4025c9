# `make help` lists the targets.
MAVEN ?= mvn -B -ntp

.DEFAULT_GOAL := help
.PHONY: help build test format

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

build: ## target/p101.jar and the launcher target/p101
	$(MAVEN) -q -DskipTests package

test: ## all tests, layering, format and warnings
	$(MAVEN) verify

format: ## lay the code out as `make test` wants it
	$(MAVEN) -q -Dspotless.goal=apply process-sources
