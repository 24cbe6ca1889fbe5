"""The site as one Flask application, made from a store and a search; nothing of it is global."""

from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from web.api import Api
from web.failures import explain_failures
from web.glossary import GlossaryPages
from web.pages import Pages
from web.search import SearchPages
from web.security import secure
from web.templating import dress

if TYPE_CHECKING:
    from archive.store import Store
    from index.search import Search


class PlainJson(DefaultJSONProvider):
    """JSON as the contract prints it: keys in their order, letters as they are."""

    sort_keys = False
    ensure_ascii = False
    compact = True

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """As Flask does it, but an answer is never looked through for a circle: it is made of values without any."""
        return super().dumps(obj, **{"check_circular": False, **kwargs})


def create_app(store: "Store", search: "Search") -> Flask:
    """The WSGI application. It reads from `store` and `search`, from several threads, and writes nothing."""
    app = Flask(__name__)
    app.json = PlainJson(app)
    app.url_map.redirect_defaults = False  # both addresses of one thing answer
    dress(app)
    secure(app)
    explain_failures(app)
    app.register_blueprint(SearchPages(store, search).blueprint())
    app.register_blueprint(Api(store, search).blueprint())
    app.register_blueprint(GlossaryPages(store, search).blueprint())
    app.register_blueprint(Pages(store, search).blueprint())
    return app
