# Every recipe shows the plain command it runs; that works without just, too.

# List the recipes
default:
    @just --list

# Run the service for development: http://127.0.0.1:8080/graphiql, its mails at http://127.0.0.1:8080/dev/mail
dev:
    cargo run

# Run the tests on SQLite
test:
    cargo test

# Run the tests on PostgreSQL: the one of TEST_DATABASE_URL, else a throw-away one
test-postgres:
    .ci/postgres run cargo test

# Run the tests on both
test-all: test test-postgres

# Everything that must hold before a change goes in
check:
    .ci/run

# Fuzz everything that reads strangers' text, so many seconds for each target
fuzz seconds="10":
    fuzz/run {{ seconds }}

# Measure, for example `just bench login 10 sqlite`; bench/README.md lists the benchmarks
bench name *arguments:
    bench/{{ name }} {{ arguments }}

# Write the bill of materials: target/sbom/gatehouse.cdx.json
sbom:
    .ci/sbom

# Write schema.graphql anew from the code
schema:
    cargo run --quiet -- schema > schema.graphql

# Write docs/reference/ anew from the code
reference:
    UPDATE_REFERENCE=1 cargo test --quiet --test reference

# Build the manual: target/book/index.html
book:
    .ci/book

# Remove each defense in turn and check that its tests fail (an hour; `just mutants NAME` runs one)
mutants *names:
    tests/mutants/run {{ names }}

# Look at changed snapshots one by one (needs cargo-insta)
review:
    cargo insta review

# Start a migration from the newest one as a pattern: just migration add_something
migration name:
    cp -i migration/src/m20261128_3_event_actors.rs migration/src/m$(date +%Y%m%d)_1_{{ name }}.rs
    @echo "Now edit it, and list it in migration/src/lib.rs."

# Start the service with PostgreSQL in containers
up:
    docker compose up --build --detach --wait

# Stop them; the database's volume stays
down:
    docker compose down
