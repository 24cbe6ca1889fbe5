"""The store's schema through time: Alembic run from code, inside the transaction it is given."""

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from archive.errors import HomeTooNew


def upgrade(connection: Connection, name: str, revision: str = "head") -> None:
    """Bring the database called `name` up to date, or to that `revision`.

    Raises `HomeTooNew` when a later version wrote it.
    """
    config = Config()
    config.set_main_option("script_location", "archive:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise HomeTooNew(f"{name}: written by a later version of Minutebook; update Minutebook") from error
