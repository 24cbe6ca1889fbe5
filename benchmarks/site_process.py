"""Serves the sample council in a process of its own, so that its work is not counted as a crawl's.

Prints the address of its site. For each line on standard input it prints how many requests it was asked since the
last one. The line "again" makes it write every page anew, as at its first asking; "changed" shows the council as it
is two days later, with one edit of each kind.
"""

import argparse
import sys

from crawler.sample import Options, SampleCouncil, chosen, serve


def settled(council: SampleCouncil) -> SampleCouncil:
    """`council` with the very committees of its plan: the service finds a committee's meetings by identity."""
    planned = {each.committee.id: each.committee for each in council.announced}
    council.specs = tuple(planned.get(spec.id, spec) for spec in council.specs)
    return council


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--meetings", type=int, required=True)
    arguments.add_argument("--committees", type=int, default=60)
    arguments.add_argument("--pages", action="store_true", help="the web service is switched off")
    given = arguments.parse_args()
    council = settled(SampleCouncil(meetings=given.meetings, committees=given.committees))
    with serve(council, options=Options(service=not given.pages)) as site:
        print(site.url, flush=True)
        for line in sys.stdin:
            print(len(site.log), flush=True)
            site.log.clear()
            if line.strip() == "changed":
                council = settled(council.later(2, chosen(council)))
            if line.strip():
                site.show(council)


if __name__ == "__main__":
    main()
