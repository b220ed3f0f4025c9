# `make help` lists the targets. JAVA_HOME says which JDK builds, tests and runs.
MAVEN ?= mvn -B -ntp

# Where `make install` puts the program; DESTDIR is for packagers.
PREFIX ?= /usr/local
DESTDIR ?=
INSTALLED = $(DESTDIR)$(PREFIX)

# `make run-peer`: each PORT has a home and a folder of its own.
PORT ?= 6010
INDEX ?= 127.0.0.1:60000
PEERS ?= target/peers
# `make run-server`: where its lobby listens; 0 = a free port.
LOBBY_PORT ?= 8080
PEER = $(PEERS)/$(PORT)

# Runs the demo once so that Java can keep the prepared classes beside the jar; where that is not possible, p101 starts a
# little slower, and that is all.
prepare = P101_PREPARE=1 $(1) demo > /dev/null 2>&1 || true

SOURCES := pom.xml $(shell find src/main -type f)

.DEFAULT_GOAL := help
.PHONY: help build test demo run-server run-peer bench fuzz format install uninstall clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

build: target/p101 ## target/p101.jar and the launcher target/p101

target/p101.jar: $(SOURCES)
	$(MAVEN) -q -Dmaven.test.skip=true package
	@touch $@

target/p101: target/p101.jar src/main/launcher/p101
	@rm -f target/p101-*.jsa
	install -m 755 src/main/launcher/p101 $@
	@$(call prepare,$@)

test: ## all tests, layering, format and warnings
	$(MAVEN) verify

demo: build ## an index and three peers at work on real files, every step checked
	target/p101 demo

run-server: build ## an index on UDP port 60000 and P2P-CI on TCP 7734, a lobby on TCP 8080 (more: target/p101 index --help)
	@target/p101 index --home target/index --p2pci --lobby=$(LOBBY_PORT)

run-peer: build ## a peer with the menu, on PORT (6010); its files are in target/peers/PORT/files
	@mkdir -p $(PEER)/files
	@echo "Files of this peer: $(PEER)/files"
	@target/p101 peer --index $(INDEX) --port $(PORT) --home $(PEER)/home --dir $(PEER)/files

bench: build ## measure against what others use; prints ratios
	MAVEN="$(MAVEN)" src/test/bench/run

fuzz: ## look for inputs that break a decoder (SECONDS_EACH for each target, 60)
	MAVEN="$(MAVEN)" src/test/bench/fuzz

format: ## lay the code out as `make test` wants it
	$(MAVEN) -q -Dspotless.goal=apply process-sources

install: build ## into PREFIX (/usr/local): bin/p101, lib/p101, completion
	install -d $(INSTALLED)/bin $(INSTALLED)/lib/p101 $(INSTALLED)/share/bash-completion/completions
	install -m 755 target/p101 $(INSTALLED)/bin/p101
	install -m 644 target/p101.jar $(INSTALLED)/lib/p101/p101.jar
	install -m 644 LICENSE $(INSTALLED)/lib/p101/LICENSE
	target/p101 completion > $(INSTALLED)/share/bash-completion/completions/p101
	@if [ -z "$(DESTDIR)" ]; then $(call prepare,$(INSTALLED)/bin/p101); fi

uninstall: ## take away what install put there
	rm -f $(INSTALLED)/bin/p101 $(INSTALLED)/share/bash-completion/completions/p101
	rm -rf $(INSTALLED)/lib/p101

clean: ## remove what was built; the files of run-peer stay
	@if [ -d target ]; then find target -mindepth 1 -maxdepth 1 ! -name peers -exec rm -rf {} +; fi
	@rmdir target 2>/dev/null || true
