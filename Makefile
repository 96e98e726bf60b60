# `make` alone shows what there is. `make site` and `make test` need Go, Node and make; the rest they fetch.

# Hugo is built without C, so that it compiles once and runs anywhere.
export CGO_ENABLED := 0

GO_FILES := $(shell git ls-files '*.go' '*.json' go.mod go.sum 2>/dev/null)
EMBEDDED := hugo.yaml $(shell find themes content schema data/skills data/networks.yaml data/sectors.yaml -type f 2>/dev/null)
# Everything but Hugo, its one importer and the program: what compiles in seconds.
LIGHT = $(shell go list ./... | grep -v -e /cmd/ -e /site/hugo -e /sitetest -e /bench/floor)

.PHONY: help site serve test lint fmt docs bench audit test-go test-js test-browser

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

site: bin/coops node_modules ## build the site into public/
	bin/coops build

serve: bin/coops node_modules ## show the site at http://127.0.0.1:8080 and build it again at every change
	bin/coops serve

test: lint test-go test-js test-browser ## run every check and test there is

lint: node_modules ## check style and which package may import which
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$unformatted" || { echo "not formatted (make fmt): $$unformatted"; exit 1; }
	go vet ./...
	go vet -tags light ./cmd/coops
	go tool -modfile=tools/go.mod actionlint -shellcheck= -pyflakes=
	go tool -modfile=tools/go.mod depguard ./internal/...
	go tool -modfile=tools/go.mod staticcheck ./...
	npm run --silent check

test-go: ## run the Go tests; with the race detector where there is a C compiler
	@if command -v cc >/dev/null; then CGO_ENABLED=1 go test -timeout 30m -race $(LIGHT); else go test -timeout 30m $(LIGHT); fi

test-js: node_modules ## run the JavaScript unit tests
	npm test

test-browser: bin/coops node_modules ## build both sites and use them in Chromium
	CHROME="$$(scripts/chromium)" go test -count=1 -timeout 30m ./internal/site/hugo ./internal/sitetest

fmt: ## format the Go files
	gofmt -w $$(git ls-files '*.go')

bench: bin/coops node_modules internal/bench/npm/node_modules ## measure beside what people would use instead
	go build -o bin/floor ./internal/bench/floor
	go build -o bin/bench-tool ./internal/bench
	bin/bench-tool validate
	bin/bench-tool build
	CHROME="$$(scripts/chromium)" bin/bench-tool search

# The scanner is fetched at a version of its own: as a tool of the module it would be one more thing to look after.
audit: node_modules ## ask whether a weakness became known in what the program and the site are made of
	go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 -tags light ./...
	npm audit --audit-level=high

docs: ## write the generated pages of docs/ anew
	go test ./internal/problem ./internal/fields ./internal/check ./internal/intake ./internal/layout ./internal/review ./internal/site -update

bin/coops: $(GO_FILES) $(EMBEDDED)
	go build -o $@ ./cmd/coops

# Without Hugo: checks and reviews, makes no pages. It compiles much faster, and the workflows use it.
bin/light/coops: $(GO_FILES) $(EMBEDDED)
	go build -tags light -o $@ ./cmd/coops

internal/bench/npm/node_modules: internal/bench/npm/package-lock.json
	npm ci --no-audit --no-fund --prefix internal/bench/npm
	@touch $@

node_modules: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@
