# One image for every process of docker-compose.yml; deploy/start.sh says which one a container is.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements requirements
COPY scripts scripts
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --no-cache-dir --require-hashes --compile -r requirements/base.txt
RUN python -m venv /tools \
    && sh scripts/lock_of.sh babel > /tools/babel.txt \
    && /tools/bin/python -m pip install --no-cache-dir --require-hashes --no-deps -r /tools/babel.txt
COPY . .
RUN /tools/bin/python scripts/compile_messages.py \
    && STATIC_ROOT=/app/static-files /venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && /venv/bin/python -m compileall -q tracker codes amendments

FROM python:3.13-slim
RUN groupadd --gid 10001 tracker \
    && useradd --uid 10001 --gid tracker --no-create-home --shell /usr/sbin/nologin tracker \
    && install -d -o tracker -g tracker /srv/media /srv/journal /srv/mirror
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH STATIC_ROOT=/app/static-files PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
USER 10001:10001
EXPOSE 8000
ENTRYPOINT ["sh", "/app/deploy/start.sh"]
CMD ["web"]
