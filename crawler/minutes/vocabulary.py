"""Closed lists of words that minutes use of people, bodies and offices; here, so that a missing word is one edit.

Titles and styles are those of moderngov.md 5.3.
"""


def words(text: str) -> frozenset[str]:
    """The words of `text`, which is only a list of them."""
    return frozenset(text.split())


COUNCIL_TITLES = words(
    "Councillor Cllr Cr CC Cyng Cynghorydd Gynghorydd Chynghorydd Henadur Alderman Alderwoman Ald Bailie Baillie "
    "Provost"
)
CIVIL_TITLES = words("Mr Mrs Ms Miss Mx")
PEERS = words("Baroness Lord Lady Baron Viscount Viscountess Earl")
OTHER_TITLES = words(
    "Dr Prof Professor Sir Dame Rev Revd Reverend Canon Father Rabbi Imam Judge Major Captain Capt Colonel Col Lt Sgt "
    "Inspector Superintendent Hon Honorary County Deputy Convener Convenor"
)
TITLES = COUNCIL_TITLES | CIVIL_TITLES | PEERS | OTHER_TITLES
MALE = words("mr sir lord baron earl viscount")
FEMALE = words("mrs ms miss dame lady baroness")
HONOURS = words(
    "MBE OBE CBE KBE DBE GBE JP QPM DL QC KC MP MS AM MSP FRSA BEM CB KSG PhD BA MA TD RD Esq QFSM CPFA FCA LLB BSc "
    "MSc KCB GCB CH CMG KCMG CVO LVO MVO"
)
PARTICLES = words("de da di du van der den von le la ap ab ferch bin al el y")

NO_NAMES = words(
    "The Leader Cabinet Chair Chairman Chairwoman Chairperson Vice Vice-Chair Vice-Chairman Mayor Deputy Director "
    "Member Members Councillors Council Committee Board Executive Portfolio Holder Chief Officer Head Lead Clerk "
    "Provost Lieutenant Chancellor Advocate Speaker Convener Convenor Sheriff Justice President Secretary Manager "
    "Minister UKIP And In On At For From To With By As It He She They This That January February July September "
    "October November December Apologies Present Absent Also Substitute Substitutes Officers Councillor Cllr "
    "Seconded Moved Proposed Proposer Seconder Resolved Agreed Motion Amendment "
    "Training Question Questions Vacancy Vacancies Allowances Briefing Surgery Surgeries Induction Conduct Development "
    "Call Support Attendance Expenses Allowance Remuneration Representation Enquiries Asked Said Replied Responded"
)
"""Capitalised words that follow a title or stand in a list of names, and are no part of a name."""

SURNAMES = words(
    "Head Lord Lady Justice Sheriff Speaker Holder Judge Major Earl Baron House Provost Clerk Chair Mayor Chancellor"
)
"""Offices and titles that are people's surnames too."""

SHOUTED = words("Councillor Cllr Alderman Mr Mrs Ms Miss Dr Cynghorydd")
"""Titles that are printed in capitals before a name in capitals."""

OFFICES = words(
    "leader chair chairman chairwoman chairperson vice-chair vice-chairman convener convenor mayor provost member "
    "holder head director officer manager executive lead clerk solicitor secretary treasurer engineer accountant "
    "auditor planner adviser advisor commissioner inspector superintendent constable sergeant spokesperson spokesman "
    "spokeswoman governor principal lawyer architect surveyor surveyors consultant coordinator co-ordinator commander "
    "assistant supervisor administrator president chancellor sheriff representative resident agent applicant objector "
    "supporter petitioner headteacher professor registrar partner dean coroner whip champion arweinydd cadeirydd maer "
    "swyddog pennaeth cyfarwyddwr rheolwr aelod"
)
"""The words by which somebody's post or part in a meeting is known, in lower case."""

CHAIRS = words(
    "chair chairman chairwoman chairperson convener convenor mayor provost cadeirydd maer presiding"
)
"""Those of whoever presides."""

ADDRESSED = words("Chair Mayor Clerk Provost Chancellor Sheriff")
"""Offices by which their holders are addressed: "Mr Mayor" is nobody's name, "Mr A Mayor" and "Cllr Mayor" are."""

PLACES = words(
    "Street Road Lane Avenue Hill House School Park Way Close Court Place Drive Square Bridge Bay Ward Hospital"
)
"""What follows "Lord" or "Lady" in the name of a place; after other titles these are surnames."""

BODIES = words(
    "committee subcommittee sub-committee council cabinet board panel executive forum authority commission assembly "
    "bench councillors group pwyllgor cyngor"
)
"""What decides: the last word of its name, in lower case."""
