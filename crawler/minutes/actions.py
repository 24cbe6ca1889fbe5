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

# After "Decision" stands what it is, a sentence of its own: "To refuse it". Who is "REQUESTED to refuse" is another.
_VERBS = {
    "to approve": Action.APPROVED, "to grant": Action.APPROVED, "to adopt": Action.APPROVED,
    "to refuse": Action.REFUSED, "to defer": Action.DEFERRED, "to refer": Action.REFERRED,
    "to note": Action.NOTED, "to agree": Action.AGREED, "to recommend": Action.RECOMMENDED,
    "gwrthod": Action.REFUSED, "caniatáu": Action.APPROVED, "caniatau": Action.APPROVED,
    "cymeradwyo": Action.APPROVED, "gohirio": Action.DEFERRED, "nodi": Action.NOTED,
}  # fmt: skip
_VERB = re.compile(rf"(?!to\b)(?i:{'|'.join(_VERBS)})\b")
_WELSH = "penderfynwyd|penderfyniad(?:au)?|cytunwyd|argymhellwyd|nodwyd|cymeradwywyd|gwrthodwyd|gohiriwyd|cyfeiriwyd"
_ENGLISH = "resolved|resolutions?|decisions?|agreed|recommended|noted|approved|refused|deferred|referred"
_TWICE = re.compile(rf"\b({_WELSH}):? ?/ ?(?:{_ENGLISH})\b|\b({_ENGLISH}):? ?/ ?(?:{_WELSH})\b", re.IGNORECASE)


def once(text: str) -> str:
    """`text`, in which a deciding word that two languages say stands once: "PENDERFYNWYD / RESOLVED:"."""
    return _TWICE.sub(lambda pair: pair[1] or pair[2], text) if "/" in text else text


def action_of_verb(words: str) -> Action | None:
    """The action of the verb that `words` begin with: "To refuse it", "Gwrthod y cais"; `None` where with no such."""
    found = _VERB.match(words)
    return _VERBS[found[0].lower()] if found else None
