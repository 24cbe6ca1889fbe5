"""What each deciding word says was done."""

import re
from typing import Final

from archive.model import Action

ACTIONS: Final = {
    "resolved": Action.RESOLVED, "resolution": Action.RESOLVED, "resolutions": Action.RESOLVED,
    "penderfynwyd": Action.RESOLVED,
    "agreed": Action.AGREED, "cytunwyd": Action.AGREED,
    "recommended": Action.RECOMMENDED, "argymhellwyd": Action.RECOMMENDED,
    "noted": Action.NOTED, "nodwyd": Action.NOTED,
    "approved": Action.APPROVED, "granted": Action.APPROVED, "adopted": Action.APPROVED,
    "cymeradwywyd": Action.APPROVED,
    "refused": Action.REFUSED, "gwrthodwyd": Action.REFUSED,
    "deferred": Action.DEFERRED, "gohiriwyd": Action.DEFERRED,
    "referred": Action.REFERRED, "cyfeiriwyd": Action.REFERRED,
    "decision": Action.OTHER, "decisions": Action.OTHER, "decided": Action.OTHER, "determined": Action.OTHER,
    "penderfyniad": Action.OTHER, "penderfyniadau": Action.OTHER, "requested": Action.OTHER, "ordered": Action.OTHER,
    "directed": Action.OTHER, "endorsed": Action.OTHER, "delegated": Action.OTHER, "declined": Action.OTHER,
}  # fmt: skip
"""The deciding words, in small letters, with their actions."""

# Under "Penderfyniad" stands what the decision is: to refuse, to grant, to approve, to defer, to note.
_WELSH_VERBS = {
    "gwrthod": Action.REFUSED, "caniatáu": Action.APPROVED, "caniatau": Action.APPROVED,
    "cymeradwyo": Action.APPROVED, "gohirio": Action.DEFERRED, "nodi": Action.NOTED,
}  # fmt: skip
_WELSH_VERB = re.compile(rf"(?:{'|'.join(_WELSH_VERBS)})\b", re.IGNORECASE)


def action_of_welsh(words: str) -> Action | None:
    """The action of the Welsh verb that `words` begin with: "Gwrthod y cais"; `None` where they begin with none."""
    found = _WELSH_VERB.match(words)
    return _WELSH_VERBS[found[0].lower()] if found else None
