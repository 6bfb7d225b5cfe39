# Each target does its own set-up on a fresh machine (Debian: missing packages are installed with apt-get).
SHELL := /bin/bash -euo pipefail
.DEFAULT_GOAL := help
WEB_SOURCES := $(shell find web/src web/public web/build web/index.html web/*.ts web/*.json -type f 2>/dev/null | grep -v node_modules)

.PHONY: help demo run build test check bench soak api clean-demo

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

demo: build ## Build and run the whole product with practice data on http://127.0.0.1:8080
	@exec target/release/klaroen demo

run: build ## Build and run the product without practice data
	@exec target/release/klaroen run

build: web/dist/index.html ## Build the binary with the web app inside
	cargo build --release --locked --bin klaroen

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run --silent build
	@touch $@

check: ## The fast loop: formatting, lints, unit tests
	@source .ci/need && need_nextest
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --all-features --locked -- -D warnings
	cargo nextest run --workspace --lib --bins --locked --no-fail-fast

test: ## Everything: checks, every test on SQLite and PostgreSQL, the browser tests
	.ci/test

bench: web/dist/index.html ## Figures, side by side with a peer or a limit measured in the same run
	.ci/bench

soak: ## The long gates
	.ci/soak

api: ## Regenerate the contract and the types of the web app from the handlers
	cargo run --quiet --locked --bin klaroen -- openapi > server/openapi.json
	cd web && npm run --silent api
