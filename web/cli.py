"""The `minutebook` command: its global options, and the one edge where an error becomes a line and an exit status.

Exit status: 0 done; 1 done, but with failures that someone must look at; 2 could not run.
"""

import os
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from archive.errors import MinutebookError
from web.commands import checking, collecting, crawling, demo, finding, serving, watching
from web.desk import Desk


def _set_home(ctx: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is not None and (desk := ctx.find_object(Desk)):
        desk.folder = folder


def _set_json(ctx: click.Context, _: click.Parameter, as_json: bool) -> None:
    if as_json and (desk := ctx.find_object(Desk)):
        desk.as_json = True


def global_options() -> list[click.Parameter]:
    """The options that every command takes, before its name or after it."""
    folder = click.Path(file_okay=False, path_type=Path)
    return [
        click.Option(["--home"], type=folder, callback=_set_home, expose_value=False, metavar="DIR",
                     help="The folder that holds everything (or MINUTEBOOK_HOME).  [default: ./minutebook-home]"),
        click.Option(["--json"], is_flag=True, callback=_set_json, expose_value=False,
                     help="One JSON value on standard output."),
    ]


class Minutebook(click.Group):
    """The group of commands; each of them takes the global options too."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add `cmd` with the global options."""
        cmd.params.extend(global_options())
        super().add_command(cmd, name)


@click.group(cls=Minutebook, params=global_options(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="minutebook", prog_name="minutebook")
def cli() -> None:
    """Minutebook: find what a council decided, when, in which words, and who said what."""


for command in (
    checking.check, *collecting.COMMANDS, *crawling.COMMANDS, *finding.COMMANDS, *watching.COMMANDS, demo.demo,
    serving.serve,
):
    cli.add_command(command)


def run(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run one command and give its exit status; every failure is one line on standard error, never a traceback."""
    desk = Desk(Path(environ.get("MINUTEBOOK_HOME") or "minutebook-home"), environ)
    try:
        return int(cli.main(list(arguments), "minutebook", standalone_mode=False, obj=desk) or 0)
    except SystemExit:    # Click's own way out when whoever read our output went away
        return 0
    except BrokenPipeError:  # whoever read our output went away, as `head` does: point it nowhere, or Python complains
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (click.Abort, KeyboardInterrupt):
        return _fail(desk, "stopped; what was finished is kept", 1)
    except Exception as error:  # the edge: not even a fault of ours becomes a page of traceback
        if environ.get("MINUTEBOOK_DEBUG"):
            traceback.print_exception(error)
        return _fail(desk, _explained(error))
    finally:
        desk.close()


def _fail(desk: Desk, message: str, status: int = 2) -> int:
    desk.say(f"Error: {' '.join(message.split())}")
    return status


def _explained(error: Exception) -> str:
    """What to say of `error`: its own message, or for a fault of ours where it happened."""
    if isinstance(error, click.UsageError):
        where = error.ctx.command_path if error.ctx else "minutebook"
        return f"{error.format_message()} ({where} --help says more)"
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, MinutebookError):
        return str(error)
    at = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(at.filename).name}:{at.lineno}"
    return f"a fault in Minutebook, {type(error).__name__} at {place}: {error}; MINUTEBOOK_DEBUG=1 shows all of it"


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """The console script. To be told to end (systemd, a shutdown) is as Ctrl-C: what was finished is kept."""
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, _interrupt)
    sys.exit(run(sys.argv[1:], os.environ))
