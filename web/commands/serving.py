"""The command that serves the site."""

import gc

import click

from web.app import create_app
from web.desk import Desk
from web.indexing import open_search
from web.regularly import regularly
from web.serve import Server

_LOOKS = 30.0    # seconds from one look at the index to the next, while nobody searches


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.pass_obj
def serve(desk: Desk, host: str, port: int) -> None:
    """Serve the search site, by a production server. An archive may still be empty, and fill while it is served."""
    desk.stays = True
    if not desk.home.database.exists():
        with desk.writing("serve"):
            open_search(desk)
    serve_site(desk, host, port)


def serve_site(desk: Desk, host: str, port: int) -> None:
    """Serve until interrupted; the address goes to standard output, so that a script can read it."""
    search = open_search(desk)
    search.prepare()
    gc.collect()
    gc.freeze()    # the columns are kept for good: to look through them for rubbish took a search up to half a second
    with regularly(search.look, _LOOKS), Server(create_app(desk.store, search), host, port) as server:
        click.echo(f"Minutebook is at {server.address}")
        desk.say("Press Ctrl-C to stop.")
        try:
            server.run()
        except KeyboardInterrupt:
            desk.say("Stopped.")
