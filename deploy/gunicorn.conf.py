"""The web server of a container. No access log: what is not written cannot be handed over."""

bind = "0.0.0.0:8000"
threads = 4  # the number of processes is WEB_CONCURRENCY, which gunicorn reads itself
timeout = 60
graceful_timeout = 20
accesslog = None
loglevel = "warning"
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
