# syntax=docker/dockerfile:1

# GraphiQL, which is served where GATEHOUSE_GRAPHIQL=on: files alone, the same for every platform.
FROM --platform=$BUILDPLATFORM node:24-bookworm-slim AS playground
WORKDIR /playground
COPY playground/package.json playground/package-lock.json playground/.npmrc ./
COPY playground/unbuilt/package.json unbuilt/
RUN npm ci --omit=dev --ignore-scripts
COPY playground/index.html playground/tsconfig.json playground/vite.config.ts ./
COPY playground/src src
RUN npm run build

FROM rust:1.95-slim-bookworm AS build
# The image has gcc, which is all that the C parts (SQLite, AWS-LC, ring) need.
# rust-toolchain.toml is left out on purpose: it asks for rustfmt and clippy, so rustup would download them
# here for nothing. The compiler is the image's, of the same version.
WORKDIR /src

# The dependencies, in a layer of their own: it is built again only when one of these files changes.
COPY Cargo.toml Cargo.lock ./
COPY .cargo/config.toml .cargo/
COPY bcrypt-lanes/Cargo.toml bcrypt-lanes/README.md bcrypt-lanes/
COPY bcrypt-lanes/src bcrypt-lanes/src
COPY migration/Cargo.toml migration/
RUN mkdir -p src migration/src \
    && echo 'fn main() {}' > src/main.rs \
    && touch src/lib.rs migration/src/lib.rs \
    && cargo build --release --locked

# The code. Its files may be older than what was just built, and cargo goes by their times.
COPY migration/src migration/src
COPY build.rs ./
COPY src src
COPY playground/src playground/src
COPY playground/unbuilt playground/unbuilt
COPY --from=playground /playground/dist playground/dist
RUN touch src/main.rs src/lib.rs migration/src/lib.rs \
    && cargo build --release --locked

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/target/release/gatehouse /usr/local/bin/gatehouse
# Each container has a network of its own, so it listens on all of it; publish 8080 alone.
ENV GATEHOUSE_PROFILE=production \
    GATEHOUSE_LISTEN=0.0.0.0:8080 \
    GATEHOUSE_ADMIN_LISTEN=0.0.0.0:9090
EXPOSE 8080 9090
USER nonroot
# Liveness: a database that is away is no reason to restart this.
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s --retries=3 \
    CMD ["/usr/local/bin/gatehouse", "health", "--live"]
ENTRYPOINT ["/usr/local/bin/gatehouse"]
