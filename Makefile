# make run, make test: see README.md.

VERSION  := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS  := -X main.version=$(VERSION)
# Fyne then keeps no watch on which goroutine calls it. In GOFLAGS it reaches lint, and the builds that tests start.
# Nor does it fade the cursor of a field that has the focus, which draws the window 60 times a second.
TAGS     := migrated_fynedo,no_animations
export GOFLAGS := $(strip $(shell go env GOFLAGS) -tags=$(TAGS))
# The labs hear real sound in real time: their packages run one at a time, after all others,
# and always, since go test cannot see that the program they start has changed.
LABS     := ./audio/device/... ./audio/desk/... ./phone/media/... ./phone/exchange/... ./phone/sound/... ./test/...
UNITS     = $$(go list ./... | grep -v -e /audio/device -e /audio/desk -e /phone/media -e /phone/exchange -e /phone/sound -e /test/)

.PHONY: build run install uninstall test soak bench guide lint clean

build:
	@scripts/need build
	go build -ldflags '$(LDFLAGS)' -o build/callward ./cmd/callward

run: build
	@scripts/need run
	@build/callward

# For all users, or for one: make install PREFIX=~/.local. Root installs what is built: Go is seldom in its path.
PREFIX  ?= /usr/local
install: $(if $(and $(filter 0,$(shell id -u)),$(wildcard build/callward)),,build)
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install build/callward

uninstall:
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install --remove

test:
	@scripts/need build run test
	@$(MAKE) --no-print-directory lint
	go test -race $(UNITS)
	go test -race -count 1 -p 1 -parallel 8 -timeout 20m $(LABS)

# The soaks and kill tests, whole: make test runs a tenth of them. -v shows what they measured.
soak:
	@scripts/need build run test
	CALLWARD_SOAK=1 go test -v -race -count 1 -p 1 -parallel 8 -timeout 3h -run 'Soak|Kill' ./...

bench: build
	@scripts/need run test
	go run ./test/bench

# The pictures of docs/guide.md, taken again.
guide: build
	@scripts/need run test
	go run ./test/guide

lint:
	@scripts/need build
	@scripts/lint

clean:
	rm -rf build
