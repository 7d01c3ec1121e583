"""The whole server in one command: web, background worker, and what is due at intervals."""

from pathlib import Path
from typing import Any

from cryptography import x509
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from config import first_admin, trust
from config.data_dir import InUse, held
from config.processes import Child, Crew, Twin, keep_memory_together, leave_with_parent, raise_file_limit
from config.tls import certificates, names_of
from config.web import SERVERS, Listen
from people import setup

WORKER = ("work", "--ticks")


def worker() -> Child:
    """Return the worker; its first process shares with this one what is loaded by now, and waits for its start."""
    connections.close_all()
    return Child("worker", WORKER, Twin(lambda: call_command(*WORKER)))


class Command(BaseCommand):
    """`manage.py serve`."""

    help = "Serves pages and rooms on HOST:PORT and runs the background worker beside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--server", choices=sorted(SERVERS), default=settings.SERVER)
        parser.add_argument("--prepare", action="store_true", help="apply migrations and fill the demo first")
        parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere (manage.py work)")

    def handle(self, *args: Any, **options: Any) -> None:
        leave_with_parent()
        keep_memory_together()
        raise_file_limit()
        crew = Crew([] if options["no_worker"] else [worker()])
        try:
            with held(settings.DATA_DIR, alone=False):
                self.serve(crew, **options)
        except InUse as error:
            raise CommandError(str(error)) from error

    def serve(self, crew: Crew, *, host: str, port: int, server: str, prepare: bool, **_: Any) -> None:
        """Prepare, listen, and at the end leave nothing running."""
        if prepare:
            self.prepare()
        listen = self.listening(host, port)
        code = first_admin.new_code() if setup.is_needed() and not settings.DEMO else ""
        connection.close()

        def ready() -> None:
            crew.start()
            self.greet(listen, code)

        try:
            SERVERS[server](listen, ready, crew.watch)
        finally:
            crew.stop()
        self.stdout.write("Stopped.")

    def prepare(self) -> None:
        """Bring the database up to this version, and fill the demo where it is asked for and not there yet."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("==> Database")
            call_command("migrate", interactive=False, verbosity=0)
        if settings.DEMO and "demo" in get_commands():
            self.stdout.write("==> Demo people")
            call_command("demo", stdout=self.stdout)

    def listening(self, host: str, port: int) -> Listen:
        """Return where to listen; with HTTPS of its own, also start the plain page that explains how to trust it."""
        if not settings.SERVE_TLS:
            return Listen(host, port)
        found = certificates(Path(settings.KEYS_DIR) / "tls", names_of(host), timezone.now())
        try:
            trust.serve_plainly(host, port + 1, port)
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}:{port + 1} (the page for tablets): {error.strerror}"
            ) from error
        return Listen(host, port, found)

    def greet(self, listen: Listen, code: str) -> None:
        """Say where the server is and who can sign in."""
        self.stdout.write(f"==> Nghị Sự is ready: {listen.url}")
        if listen.tls:
            plain = Listen(listen.host, listen.port + 1).url
            self.stdout.write(f"    Tablets first open {plain}trust/ and install the certificate with the fingerprint")
            ca = x509.load_pem_x509_certificate(listen.tls.ca.read_bytes())
            self.stdout.write(f"    {trust.fingerprint(ca)}")
        if code:
            self.stdout.write(f"    First administrator: open {listen.url}setup/ and enter the code {code}")
        self.stdout.write("    Ctrl-C stops the server and its worker.")
        self.stdout.flush()
