# Chores of the project. `make demo` and `make test` each need nothing but this checkout, Debian 12 and Swift 6.

PREFIX ?= /usr/local
# One configuration for the demo, the tests and the installed files, so that what one builds the others reuse. Release,
# because the property tests and the machine's tests are slow without the optimiser.
CONFIGURATION := release
# A missing import declaration would break the rooms' directions silently; the plain flag makes it an error.
STRICT := --explicit-target-dependency-import-check error
SWIFT_BUILD := swift build -c $(CONFIGURATION) $(STRICT)
# Tests of rooms' inner parts import them as testable, which a release build allows only when told.
TESTABLE := -Xswiftc -enable-testing
BIN := .build/$(CONFIGURATION)
SHARE = $(DESTDIR)$(PREFIX)/share

.PHONY: help deps build manual demo test bench bench-relay fuzz fmt lint install clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1	/' | expand -t 20

deps: ## the Debian packages that the build needs
	@scripts/deps

build: deps ## the executables, in release
	@scripts/quietly $(SWIFT_BUILD) --product lazaret
	@scripts/quietly $(SWIFT_BUILD) --product lazaret-worker
	@scripts/quietly $(SWIFT_BUILD) --product lazaretd

manual: build ## the man pages, into .build/man
	@mkdir -p .build/man
	@swift package --allow-writing-to-package-directory generate-manual --multi-page \
	    --output-directory .build/man >/dev/null
	@sed -i -e '/^\.Ex -std/{r scripts/exit-status.mdoc' -e 'd}' .build/man/*.1

demo: build ## two policies over sample mail
	@scripts/demo $(BIN)

test: deps lint ## everything that is checked: format, warnings, rooms, behaviour, policies
	@scripts/quietly $(SWIFT_BUILD) --build-tests $(TESTABLE)
	@scripts/run-tests $(CONFIGURATION)
	@scripts/test-policies $(BIN)

bench: deps ## times of the main jobs beside peers'; BENCH="--format json walk stages scan policy diff" chooses
	@scripts/bench-peers
	@scripts/quietly $(SWIFT_BUILD) --product lazaret-bench >&2
	@$(BIN)/lazaret-bench $(BENCH)

bench-relay: deps ## what filters add to mail through Postfix, as root; BENCH_RELAY="--format json --mails mixed" chooses
	@for product in lazaretd lazaret lazaret-worker; do \
	    scripts/quietly $(SWIFT_BUILD) --product $$product >&2 || exit 1; done
	@python3 -B Benchmarks/relay/relay.py --bin $(BIN) $(BENCH_RELAY)

fuzz: deps ## an hour of made-up inputs to all that reads hostile bytes; FUZZ_SECONDS for each target, FUZZ_TARGETS
	@scripts/fuzz

fmt: ## the canonical form of the sources; that of policies is given by lazaret fmt
	swift format format -i -r Package.swift Sources Tests $(wildcard Benchmarks Fuzzing)

lint: ## the form of the sources, without changing them
	@swift format lint --strict -r Package.swift Sources Tests $(wildcard Benchmarks Fuzzing)

install: build manual ## into PREFIX (/usr/local), DESTDIR respected: programs, modules, man pages, completions
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/lazaret $(SHARE)/man/man1 \
	    $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	install -m 755 $(BIN)/lazaret $(BIN)/lazaret-worker $(BIN)/lazaretd $(DESTDIR)$(PREFIX)/bin
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system $(DESTDIR)$(PREFIX)/lib/sysusers.d $(SHARE)/doc/lazaret
	sed 's,/usr/local/bin,$(PREFIX)/bin,' packaging/lazaretd.service \
	    >$(DESTDIR)$(PREFIX)/lib/systemd/system/lazaretd.service
	install -m 644 packaging/lazaretd.socket $(DESTDIR)$(PREFIX)/lib/systemd/system
	install -m 644 packaging/lazaret.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/lazaret.conf
	install -m 644 share/lazaretd.sample.toml docs/operating.md docs/settings.md $(SHARE)/doc/lazaret
	cp -R Policies/. $(SHARE)/lazaret/
	install -m 644 .build/man/*.1 $(SHARE)/man/man1
	$(BIN)/lazaret completions bash >$(SHARE)/bash-completion/completions/lazaret
	$(BIN)/lazaret completions zsh >$(SHARE)/zsh/site-functions/_lazaret
	$(BIN)/lazaret completions fish >$(SHARE)/fish/vendor_completions.d/lazaret.fish

clean: ## what builds leave
	rm -rf .build
