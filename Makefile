# SPDX-License-Identifier: Apache-2.0
# One non-recursive Makefile.  `make help` lists what it can do.

BUILD   ?= build
PREFIX  ?= /usr/local
VERSION := 0.1.0
SHELL   := /bin/bash

# Debian 12 packages: what the program needs, and what its tests need more.
PACKAGES := gcc g++ pkg-config libhyperscan-dev libpcre2-dev zlib1g-dev \
	libdeflate-dev libisal-dev libtomlplusplus-dev libjansson-dev libssl-dev \
	libzstd-dev liblzma-dev libbz2-dev liblz4-dev libarchive-dev
PACKAGES_CHECK := libcriterion-dev valgrind clang libclang-rt-14-dev \
	shellcheck pmccabe universal-ctags python3-jsonschema procps strace git \
	less python3 rsyslog systemd-journal-remote pre-commit \
	libarchive-tools zstd lz4 xz-utils bzip2 ncompress binutils

CC       ?= cc
CXX      ?= c++
OPT      ?= -O2
HARDEN   := -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIC \
	-fno-strict-aliasing -fcf-protection
WARN     := -Wall -Wextra -Werror -Wshadow -Wpointer-arith -Wvla \
	-Wformat=2 -Wundef -Wno-unused-parameter
WARN_C   := -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
SANITIZE ?=
LIBS     := -lhs -lpcre2-8 -ljansson -lcrypto -lz -ldeflate -lisal -lzstd -llzma \
	-lbz2 -llz4 -larchive -lstdc++ -lm -lpthread
CPPFLAGS := -Iinclude -Isrc -I/usr/include/hs -D_GNU_SOURCE
CFLAGS   := -std=c11 $(OPT) -g $(WARN) $(WARN_C) $(HARDEN) $(SANITIZE) \
	-fvisibility=hidden -pthread
CXXFLAGS := -std=c++17 $(OPT) -g $(WARN) $(HARDEN) $(SANITIZE) \
	-fvisibility=hidden -pthread
LDFLAGS  := -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed $(SANITIZE)

ROOMS    := base rule known finding engine judge scan redact git source \
	unwrap sandbox sink run register api
SRC_LIB  := $(filter-out src/rule/mkrules.c,$(wildcard $(ROOMS:%=src/%/*.c)))
OBJ_LIB  := $(SRC_LIB:%.c=$(BUILD)/%.o) $(BUILD)/src/base/toml.o \
	$(BUILD)/rule_builtin.o
OBJ_CLI  := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/cli/*.c))
OBJ_RULE := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/base/*.c) \
	$(filter-out src/rule/mkrules.c,$(wildcard src/rule/*.c))) \
	$(BUILD)/src/base/toml.o
PATTERNS := $(sort $(wildcard patterns/*.toml))
UNITS    := $(sort $(notdir $(patsubst %/,%,$(wildcard tests/unit/*/))))

.DEFAULT_GOAL := all
.PHONY: all help deps deps-check clean install
.SECONDARY:
.DELETE_ON_ERROR:

all: ## build the program and the library
all: deps $(BUILD)/stanch $(BUILD)/libstanch.a $(BUILD)/libstanch.so

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | \
	sed -E 's/^([a-z-]+):.*##\\?[[:space:]]*(.*)/  make \1\t\2/' | expand -t 24

deps: ## install the Debian packages the program needs, if missing
	@.ci/packages $(PACKAGES)
deps-check: deps ## ... and those its tests need
	@.ci/packages $(PACKAGES_CHECK)

# ---- compile ----

# V=1 shows whole command lines.
Q := $(if $(V),,@)
say = @$(if $(V),:,printf '  %-5s %s\n' $(1) $@)

$(BUILD)/%.o: %.c | deps
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/%.o: %.cc | deps
	@mkdir -p $(@D)
	$(call say,c++)
	$(Q)$(CXX) $(CPPFLAGS) $(CXXFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/mkrules: $(BUILD)/src/rule/mkrules.o $(OBJ_RULE)
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/rule_builtin.c: $(BUILD)/mkrules $(PATTERNS)
	$(call say,rules)
	$(Q)$(BUILD)/mkrules $(PATTERNS) >$@
$(BUILD)/rule_builtin.o: $(BUILD)/rule_builtin.c
	$(call say,cc)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/libstanch.a: $(OBJ_LIB)
	@rm -f $@
	$(call say,ar)
	$(Q)ar rcs $@ $^
$(BUILD)/libstanch.so: $(OBJ_LIB) src/libstanch.map
	$(call say,link)
	$(Q)$(CXX) -shared -Wl,-soname,libstanch.so.0 $(CFLAGS:-std=c11=) \
		-Wl,--version-script=src/libstanch.map $(LDFLAGS) -o $@ \
		$(OBJ_LIB) $(LIBS)
$(BUILD)/stanch: $(OBJ_CLI) $(BUILD)/libstanch.a
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) -pie $(LDFLAGS) -o $@ $^ $(LIBS)

# ---- tests: one program a room, tests/unit/ROOM/*.c ----

TEST_LIBS := -lcriterion
$(BUILD)/unit/%: tests/unit/%/*.c $(BUILD)/libstanch.a | deps-check
	@mkdir -p $(@D)
	$(call say,link)
	$(Q)$(CC) $(CPPFLAGS) -Itests $(filter-out -Wmissing-prototypes,$(CFLAGS)) \
		-o $@ $(wildcard tests/unit/$*/*.c) $(BUILD)/libstanch.a \
		$(LDFLAGS) $(TEST_LIBS) $(LIBS)

# ---- cli ----

SOVERSION  := 0
bindir      = $(PREFIX)/bin
libdir      = $(PREFIX)/lib
includedir  = $(PREFIX)/include
datadir     = $(PREFIX)/share
INSTALL    ?= install

$(BUILD)/stanch.1: $(BUILD)/stanch
	$(call say,man)
	$(Q)$(BUILD)/stanch man >$@
$(BUILD)/completion/%: $(BUILD)/stanch
	@mkdir -p $(@D)
	$(Q)$(BUILD)/stanch completion $* >$@
# PREFIX may be another one than last time.
.PHONY: $(BUILD)/stanch.pc
$(BUILD)/stanch.pc:
	@mkdir -p $(@D)
	$(Q)printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$(libdir)' \
		'includedir=$(includedir)' '' 'Name: stanch' \
		'Description: find secrets in bytes, redact them in streams' \
		'Version: $(VERSION)' 'Libs: -L$${libdir} -lstanch' \
		'Libs.private: $(LIBS)' 'Cflags: -I$${includedir}' >$@

install: ## install under PREFIX (/usr/local), below DESTDIR if that is set
install: all $(BUILD)/stanch.1 $(BUILD)/stanch.pc \
	$(addprefix $(BUILD)/completion/,bash zsh fish)
	$(INSTALL) -D -m 755 $(BUILD)/stanch $(DESTDIR)$(bindir)/stanch
	$(INSTALL) -D -m 644 $(BUILD)/libstanch.a \
		$(DESTDIR)$(libdir)/libstanch.a
	$(INSTALL) -D -m 755 $(BUILD)/libstanch.so \
		$(DESTDIR)$(libdir)/libstanch.so.$(VERSION)
	ln -sf libstanch.so.$(VERSION) \
		$(DESTDIR)$(libdir)/libstanch.so.$(SOVERSION)
	ln -sf libstanch.so.$(SOVERSION) $(DESTDIR)$(libdir)/libstanch.so
	$(INSTALL) -D -m 644 include/stanch.h \
		$(DESTDIR)$(includedir)/stanch.h
	$(INSTALL) -D -m 644 $(BUILD)/stanch.pc \
		$(DESTDIR)$(libdir)/pkgconfig/stanch.pc
	$(INSTALL) -D -m 644 $(BUILD)/stanch.1 \
		$(DESTDIR)$(datadir)/man/man1/stanch.1
	$(INSTALL) -D -m 644 $(BUILD)/completion/bash \
		$(DESTDIR)$(datadir)/bash-completion/completions/stanch
	$(INSTALL) -D -m 644 $(BUILD)/completion/zsh \
		$(DESTDIR)$(datadir)/zsh/site-functions/_stanch
	$(INSTALL) -D -m 644 $(BUILD)/completion/fish \
		$(DESTDIR)$(datadir)/fish/vendor_completions.d/stanch.fish

.PHONY: check-cli check-pty check-install check-daemons
check-cli: $(BUILD)/stanch | deps-check ## the cases of the command line
	@BUILD=$(BUILD) tests/cli/run.sh $(CLI_TEST_FLAGS)
check-pty: $(BUILD)/stanch | deps-check ## ... and redact -- CMD in a terminal
	@BUILD=$(BUILD) python3 tests/pty/run.py
check-install: all | deps-check ## ... and what install leaves
	@rm -rf $(BUILD)/root
	@$(MAKE) -s install PREFIX=/usr DESTDIR=$(abspath $(BUILD))/root
	@tests/cli/install.sh $(abspath $(BUILD))/root

check-daemons: all | deps-check ## ... in rsyslog and with the journal
	@rm -rf $(BUILD)/daemons
	@$(MAKE) -s install PREFIX=/usr DESTDIR=$(abspath $(BUILD))/daemons
	@tests/daemons/run.sh $(BUILD)/daemons

# ---- demo ----

.PHONY: demo
demo: all ## the main job on real input: see it find and mask secrets
	@BUILD=$(BUILD) corpus/demo.sh $(BUILD)/demo

# ---- bench ----

BENCH     := $(BUILD)/bench
OBJ_BENCH := $(patsubst %,$(BENCH)/%.o,measure pipeline plan figure table \
	results)

$(BENCH)/%.o: bench/%.c | deps
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(BENCH)/measure: $(OBJ_BENCH)
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^
$(BENCH)/make-log $(BENCH)/make-history: %: %.o
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^
$(BENCH)/latency: $(BENCH)/latency.o
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^
$(BENCH)/bare $(BENCH)/inflate: %: %.o $(BUILD)/libstanch.a
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

.PHONY: bench bench-leaks
bench: ## measure it against its floors (BENCH_QUICK=1, BENCH_STRICT=1)
bench: $(BUILD)/stanch \
	$(addprefix $(BENCH)/,measure make-log make-history bare latency inflate) \
	| deps-check
	@BUILD=$(BUILD) bench/bench.sh

bench-leaks: $(BUILD)/stanch ## what gets past stanch, and past others' ways of masking
	@BUILD=$(BUILD) bench/leaks.py

# How good it is, not how fast: docs/quality.md.  What is tuned is tuned with
# one seed and some packages, what is published comes from others.
TUNE_SEED        := 7
TUNE_PACKAGES    := openssl curl nginx python-django rails tomcat10 wordpress \
	golang-1.19 node-webpack roundcube cargo phpmyadmin
PUBLISH_SEED     := 20411
PUBLISH_PACKAGES := docker.io erlang etcd git keepassxc libspring-java mono \
	nodejs ocaml perl php8.2 prometheus python3.11 r-base rabbitmq-server \
	redis ruby3.1 samba symfony tomcat9

$(BENCH)/recipes: $(BENCH)/quality/recipes.o $(BUILD)/libstanch.a
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

.PHONY: bench-quality bench-quality-tune
bench-quality: ## recall and precision, and false alarms on Debian's sources
bench-quality: $(BUILD)/stanch $(BENCH)/recipes | deps-check
	@BUILD=$(BUILD) bench/quality/quality.sh $(PUBLISH_SEED) \
		$(PUBLISH_PACKAGES)
bench-quality-tune: ## ... the corpus and the packages to work with
bench-quality-tune: $(BUILD)/stanch $(BENCH)/recipes | deps-check
	@BUILD=$(BUILD) bench/quality/quality.sh $(TUNE_SEED) $(TUNE_PACKAGES)

# ---- checks ----

# `make check` is every test; CI calls nothing else.  Each part runs alone, too.
CORES := $(shell nproc)
CHECKS := law header unit prop rules cli leaks pty fault install daemons schema git \
	archive sandbox asan valgrind fuzz

.PHONY: check $(CHECKS:%=check-%) fuzz
check: ## every test: takes ten to twenty minutes
	@$(MAKE) --no-print-directory -j$(CORES) all $(BUILD)/prop \
		$(UNITS:%=$(BUILD)/unit/%)
	@tests/check.sh $(CHECKS)

$(BUILD)/prop: $(wildcard tests/prop/*.[ch]) $(BUILD)/libstanch.a | deps-check
	$(call say,link)
	$(Q)$(CC) $(CPPFLAGS) -Itests/prop $(CFLAGS) -o $@ \
		$(wildcard tests/prop/*.c) $(BUILD)/libstanch.a $(LDFLAGS) \
		$(LIBS)

check-law: $(BUILD)/libstanch.so $(BUILD)/stanch ## the laws of the house, executed
	@BUILD=$(BUILD) tests/law/run.sh
check-header: ## the public header alone, as C99, C11 and C++11
	@BUILD=$(BUILD) tests/header/run.sh
check-unit: $(UNITS:%=$(BUILD)/unit/%) ## the unit tests, a program a room
	@tests/unit/run.sh $^
check-prop: $(BUILD)/prop ## the promises as properties
	@$(BUILD)/prop
check-rules: $(BUILD)/stanch ## every rule against its own examples, in every mode
	@$(BUILD)/stanch rules check
check-schema: $(BUILD)/stanch ## real reports against docs/finding.schema.json
	@BUILD=$(BUILD) tests/schema.sh
$(BUILD)/fault.so: tests/fault/shim.c
	$(Q)$(CC) -shared $(CPPFLAGS) $(filter-out -Wmissing-prototypes,$(CFLAGS)) \
		-fvisibility=default -o $@ $< -ldl
check-fault: $(BUILD)/stanch $(BUILD)/fault.so | deps-check ## each call of redact fails in turn; it is killed
	@tests/fault/run.py $(BUILD)/fault.so
check-leaks: $(BUILD)/stanch | deps-check ## 43 ways past a masker, and more: none may work
	@BUILD=$(BUILD) tests/leaks/run.py
check-git: $(BUILD)/stanch | deps-check ## a secret in every place of a repository, and attacks
	@BUILD=$(BUILD) tests/git-matrix.sh
check-archive: $(BUILD)/stanch | deps-check ## ... of an archive, cut and changed ones, and bombs
	@BUILD=$(BUILD) python3 tests/archive-matrix.py
# A stanch whose decoders do what a member's name says.
$(BUILD)/sandbox/worker.o: src/sandbox/worker.c tests/sandbox/probe.h | deps
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -include tests/sandbox/probe.h -c -o $@ $<
$(BUILD)/sandbox/stanch: $(OBJ_CLI) $(BUILD)/sandbox/worker.o \
	$(BUILD)/libstanch.a
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) -pie $(LDFLAGS) -o $@ $^ $(LIBS)
check-sandbox: $(BUILD)/stanch $(BUILD)/sandbox/stanch | deps-check ## what decoders may not do; they crash, hang and are killed
	@python3 tests/sandbox/run.py $(BUILD)
# Instrumented, gcc loses sight of the ranges that -Wformat-truncation needs.
ASAN := SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all \
	-Wno-format-truncation' OPT=-O1
check-asan: ## units, properties and cases under ASan and UBSan
	@$(MAKE) --no-print-directory -j$(CORES) BUILD=$(BUILD)-asan $(ASAN) \
		$(BUILD)-asan/stanch $(BUILD)-asan/prop \
		$(UNITS:%=$(BUILD)-asan/unit/%)
	@LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 \
		TEST_TIMEOUT=900 $(MAKE) --no-print-directory \
		BUILD=$(BUILD)-asan $(ASAN) PROP_ROUNDS=40 check-unit \
		check-prop check-cli
check-valgrind: $(BUILD)/prop ## the core under valgrind
	@PROP_ROUNDS=60 tests/valgrind.sh $(BUILD)/prop
FUZZ_SECONDS ?= 30
check-fuzz: ## each fuzz target for FUZZ_SECONDS on its saved corpus
	@BUILD=$(BUILD) FUZZ_SEED=1 tests/fuzz/run.sh $(FUZZ_SECONDS)
fuzz: ## ... for ten minutes each, on new paths
	@BUILD=$(BUILD) tests/fuzz/run.sh 600

clean: ## remove what was built
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -path $(BUILD)/quality -prune -o \
	-type f -name '*.d' -print 2>/dev/null)
