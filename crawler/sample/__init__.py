"""A fictional county council in ModernGov's form, bundled for the demonstration, the tests and the benchmarks.

`SampleCouncil` is the council as plain values, `serve` puts its site on the loopback address. All of it is invented:
the county, its places, its people and what they decided. Imports the standard library and `archive` alone.
"""

from crawler.sample.asking import Reply, Request
from crawler.sample.council import SampleCouncil
from crawler.sample.edits import Edits, chosen
from crawler.sample.options import Hostile, Method, Options, Validators, Welsh
from crawler.sample.server import Logged, Served, serve

__all__ = [
    "Edits",
    "Hostile",
    "Logged",
    "Method",
    "Options",
    "Reply",
    "Request",
    "SampleCouncil",
    "Served",
    "Validators",
    "Welsh",
    "chosen",
    "serve",
]
