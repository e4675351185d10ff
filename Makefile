# Everything here works on a bare Debian 12 with Swift 6.3 in the PATH.
#
#   make setup     installs the system libraries that are missing (apt; says what it does)
#   make run       builds and runs over samples/drop, into out/
#   make test      all tests
#   make lint      formatting, as .swift-format says
#   make structures REFERENCE=folder   the EDIFACT tables, from directory facts (docs/structures.md)
#   make peers     has pyx12 and pydifact read the acknowledgements we write (installs them from PyPI)
#   make fuzz      hostile input for the syntax engine: STANDARD=x12|edifact SECONDS=600
#   make soak      PDFs with bits flipped through workers, for SECONDS=600
#   make bench     time and memory of whole runs (docs/benchmarks.md)
#   make install PREFIX=/usr/local
#   make clean

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
# The clock that the samples are judged by.
AS_OF ?= 2026-03-31T00:00:00Z

APT_PACKAGES := libxml2-dev libpoppler-glib-dev poppler-data libgmime-3.0-dev libsqlite3-dev libssl-dev \
	libarchive-dev libtesseract-dev libleptonica-dev libzbar-dev pkg-config \
	tesseract-ocr-eng tesseract-ocr-osd tesseract-ocr-deu tesseract-ocr-fra tesseract-ocr-spa tesseract-ocr-nld
RELEASE = .build/release

.PHONY: run setup build test lint structures peers fuzz soak bench install clean

run: build
	$(RELEASE)/interline run samples/drop --out out --as-of $(AS_OF)

setup:
	@missing=; for p in $(APT_PACKAGES); do \
		dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" = 0 ]; then as=; else as=sudo; fi; \
		echo "Installing$$missing"; \
		$$as apt-get -q update && \
		$$as env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends $$missing; \
	fi

build: setup
	$(SWIFT) build -c release --product interline
	$(SWIFT) build -c release --product interline-reader

# Several tests run the programs themselves: they have to be there.
test: setup
	$(SWIFT) build --build-tests
	$(SWIFT) test

lint:
	$(SWIFT) format lint --strict -r Sources Tests Fuzz Package.swift Benchmarks/Sources Benchmarks/Package.swift

# Fuzz/ stands outside the package; what it finds is left in .build/fuzz.
STANDARD ?= x12
SECONDS ?= 600
FUZZ = .build/fuzz

fuzz:
	mkdir -p $(FUZZ)/$(STANDARD)
	swiftc -swift-version 6 -sanitize=fuzzer,address -O -parse-as-library -use-ld=lld -module-name EDIFuzz \
		$$(find Sources/EDI Fuzz -name '*.swift' | LC_ALL=C sort) -o $(FUZZ)/edi
	Fuzz/seeds.sh $(STANDARD) $(FUZZ)/$(STANDARD)
	$(FUZZ)/edi -max_total_time=$(SECONDS) -max_len=16384 -timeout=5 -rss_limit_mb=1024 -dict=Fuzz/edi.dict \
		-artifact_prefix=$(FUZZ)/ $(FUZZ)/$(STANDARD)

soak: setup
	$(SWIFT) build --build-tests
	INTERLINE_SOAK=$(SECONDS) $(SWIFT) test --skip-build --filter 'bits of it fell over'

# Other people's readers, for the test that has them read what we write.
peers: setup
	python3 -m venv .build/peers
	.build/peers/bin/pip -q install pyx12==4.0.0 pydifact==0.2.3
	INTERLINE_PEERS=$(CURDIR)/.build/peers $(SWIFT) test --filter PeerTests

structures:
	Tools/edifact-tables "$(REFERENCE)"

bench: build
	$(SWIFT) run -c release --package-path Benchmarks

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/interline
	install -m 755 $(RELEASE)/interline $(RELEASE)/interline-reader $(DESTDIR)$(PREFIX)/bin
	rm -rf $(DESTDIR)$(PREFIX)/share/interline/schemas
	cp -R schemas $(DESTDIR)$(PREFIX)/share/interline/schemas

clean:
	rm -rf .build Benchmarks/.build out
