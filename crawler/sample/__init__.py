"""A fictional county council in ModernGov's form, bundled for the demonstration, the tests and the benchmarks.

`SampleCouncil` is the council as plain values, `serve` puts its site on the loopback address. All of it is invented:
the county, its places, its people and what they decided. Imports the standard library and `archive` alone.
"""

from crawler.sample.council import SampleCouncil
from crawler.sample.server import Logged, Served, serve
from crawler.sample.site import Options, Reply, Request

__all__ = ["Logged", "Options", "Reply", "Request", "SampleCouncil", "Served", "serve"]
