# Drumbeat in a container: one process, not root, nothing written outside /data.
FROM python:3.13-slim AS build
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1

# What Drumbeat needs, and what packs it, both by their hashes; made anew only when a lock file changes.
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /app && /app/bin/python -m pip install --no-deps --require-hashes -r requirements.lock
RUN python -m venv /build && /build/bin/python -m pip install --no-deps --require-hashes -r requirements-build.lock

COPY pyproject.toml README.md ./
COPY bot bot
COPY handlers handlers
COPY models models
COPY scheduled scheduled
RUN /build/bin/python -m pip wheel --no-deps --no-build-isolation --wheel-dir /dist .
RUN /app/bin/python -m pip install --no-deps /dist/*.whl && /app/bin/python -m pip uninstall --yes pip

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin drumbeat \
    && mkdir /data \
    && chown drumbeat:drumbeat /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    DATABASE_URL=sqlite:////data/drumbeat.db
WORKDIR /data
VOLUME /data
EXPOSE 3000
USER 10001:10001
# Not urllib: it would ask a proxy of the environment for this machine's own address.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('PORT') or 3000), timeout=3); c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"]
ENTRYPOINT ["drumbeat"]
CMD ["serve"]
