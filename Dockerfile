# One image with everything that a network is made of: `dmcnd`, the validator, and `dmcn`, all other parts.
ARG GO_IMAGE=golang:1.26-bookworm
ARG NODE_IMAGE=node:20-bookworm
ARG RUNTIME_IMAGE=node:20-bookworm-slim

FROM ${GO_IMAGE} AS chain
WORKDIR /src
COPY chain/go.mod chain/go.sum ./
RUN go mod download
COPY chain .
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /dmcnd ./cmd/dmcnd

# What npm needs to install, by itself: a change of sources does not install again.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete \
    && find . -mindepth 1 -type d -empty -delete

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
# native addons compile against the headers of this very Node
ENV npm_config_nodedir=/usr/local
COPY --from=manifests /app .
RUN npm ci
COPY . .
RUN npx tsc -b && npm run build -w @dmcn/dashboard && npm prune --omit=dev && rm -rf chain proto */src

FROM ${RUNTIME_IMAGE}
RUN useradd --create-home --uid 10001 dmcn && install -d -o dmcn -g dmcn /data
COPY --from=chain /dmcnd /usr/local/bin/
COPY --from=packages /app /app
RUN ln -s /app/dmcn /usr/local/bin/dmcn
ENV NODE_ENV=production DMCN_HOME=/data DMCN_DMCND=/usr/local/bin/dmcnd
USER dmcn
WORKDIR /data
ENTRYPOINT ["dmcn"]
