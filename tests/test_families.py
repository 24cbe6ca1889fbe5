"""Words of another meaning that Snowball gives the same stem are kept apart; those that belong together stay so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.families import APART, FAMILIES
from index.forms import searched

TOGETHER = """
close closed; close closing; close closure; closure closures; develop development; development developer; adopt
adoption; adopt adopted; licence licensing; licence licences; license licence; licensed licensing; consult
consultation; consult consulted; consultant consultancy; consultant consultants; travel travelling; traveller
travellers; Traveller Travellers; traveller traveler; travel travels; plan planning; plan plans; park parking; police
policing; policy policies; party parties; business businesses; officer officers; office offices; customer customers;
custom customs; executive executives; execute executed; important importance; import imported; authority authorities;
author authors; person persons; personal personally; apply applied; application applicant; approve approval; appoint
appointment; allocate allocation; assess assessment; amend amendment; build building; elect election; elector
electorate; employ employment; extend extending; fund funding; garden gardens; grant granted; house housing; improve
improvement; inspect inspection; invest investment; manage management; maintain maintained; object objection;
objective objectives; operate operation; organise organisation; object objected; pave paving; propose proposal;
protect protection; recycle recycling; refuse Refuse; repair repairing; repair repairs; resident residents;
responsible responsibility; response responses; restrict restriction; renew renewal; road roads; secure secured;
security securities; station stations; strategy strategies; sustainable sustainability; tenant tenants; train trains;
training trainings; train Trains; vacancy vacancies; vote voting; ward wards; warden wardens; university universities;
memorial memorials; memory memories; allotment allotments; apartment apartments; diversion diversions; diverse
diversity; conserve conservation; convert converted; department departments; department departmental; environment
environmental; association associations; designate designation; design designed; publish publication; public publicly;
specify specification; practice practise; defence defensive; offence offences; liberal liberals; majority majorities;
identity identities; recess recesses; cooperate cooperation; cooperation cooperative; several several; severe
severity; initial initially; internal internally; engineer engineering; director directors; director Director's;
original originally; origin origins; seconded seconder; offence offences; offensive offensively; evening evenings;
initiative initiatives; refused refusal; refusals refusing; take taken; taking took; takes Taken; withdraw withdrawn;
withdrew withdrawal; build built; rebuilt rebuilding; pay paid; repaid repay; give given; gave giving; hold held;
holding held; write written; wrote writing; undertake undertaken; undertook undertaking; choose chosen; chose
choosing; draw drawn; drawings drawn; begin began; begun beginning; sell sold; buy bought; bring brought; make made;
making made; spend spent; overspend overspent; lose lost; losing lost; keep kept; teach taught; seek sought; speak
spoken; spoke speaking; rise risen; grow grown; grew growing; know known; knew know; show shown; see seen; fall
fallen; drive driven; forbid forbidden; break broken; broke breaking; freeze frozen; win won; swear sworn; understand
understood; uphold upheld; withhold withheld; analysis analyses; analysis analyse; crisis crises; diagnosis diagnosed;
criterion criteria; appendix appendices; index indices; crematorium crematoria; foot feet; child children; chairman
chairmen; alderman aldermen; wife wives; wharf wharves; shelf shelves; half halves
"""

APART_FROM = """
traveller travel; Travellers travelling; business busy; officer office; customer customs; customer custom; executive
execute; important import; importance imports; authority author; authorities authors; person personal; person
personality; organ organisation; organic organ; general generate; university universe; community communicate; part
party; policy police; relation relative; related relatives; station state; warden ward; refuse refused; consultant
consultation; consultancy consulted; objective objection; objectives objected; diversion diversity; conservative
conservation; conversation conversion; apartment apart; allotment allotted; allowance allowed; assistant assistance;
association associated; governance government; security secured; majority major; minority minor; memorial memory;
memorials memories; hospitality hospital; publicity public; publication public; renewable renewal; provisional
provision; positive position; responsible response; responsibility responses; training train; trained trains; reading
read; heading head; marketing market; mobility mobile; designate design; designated designed; appropriation
appropriate; extensive extension; exclusive exclusion; successive success; succession successful; several severe;
several sever; united unit; initial initiative; informal information; integrity integrated; identical identity; goods
good; festival festive; department depart; corporation corporate; convention convent; container contained;
considerable consideration; consistent consisting; constructive construction; critical criticism; expensive expenses;
formation format; friendly friends; grateful grate; incoming income; instalment install; likely like; mainly mains;
nearly near; opposite opposition; practical practice; practicable practical; process procession; president preside;
prospective prospect; railings rail; reasonable reason; recession recess; refreshments refresh; reservation reserve;
respective respect; secondment second; shortly short; situated situation; specification special; transition transit;
undertaker undertake; wedding wed; cooperation Cooper; Moore moor; Lowe low; Browne brown; Julie July; Marie Mary;
Harris Harry; Williams William; Poole pool; Worthing worth; experiment experience; environment environs; elderly
elder; digital digit; department departure; accountant account; accountable accountant; engine engineer; engines
engineering; directorate director; directorates directors; second seconded; seconds seconder; seconded secondment;
origin original; even evening; event evening; internal internment; intern internal; international internal; offence
offensive; Denis denied; Denis deny; competitive competition; competent compete; emergency emerge; lead led; leave
left; send sent; meet met; meeting met; hear heard; say said; stand stood; rise rose; see saw; fall fell; drive drove;
find found; people person; base basis; media medium; lay laid; ground grind
"""


def pairs(table: str) -> list[tuple[str, str]]:
    found = [pair.split() for pair in table.split(";")]
    return [(first, second) for first, second in found]


@pytest.mark.parametrize(("one", "other"), pairs(TOGETHER))
def test_forms_of_one_word_are_found_by_each_other(one: str, other: str) -> None:
    assert searched(one) == searched(other)


@pytest.mark.parametrize(("one", "other"), pairs(APART_FROM))
def test_words_of_other_meaning_are_not(one: str, other: str) -> None:
    assert searched(one) != searched(other)


@given(st.sampled_from(sorted(APART)), st.sampled_from(["{}", "{}'s", "{}’s"]))
def test_a_family_is_found_however_it_is_written(word: str, form: str) -> None:
    for written in (word, word.upper(), word.capitalize()):
        assert searched(form.format(written)) == "=" + APART[word]


@given(st.sampled_from(sorted(set(APART.values()))))
def test_a_family_is_named_by_a_word_of_its_own(family: str) -> None:
    assert APART[family] == family


def test_no_word_is_in_two_families() -> None:
    listed = [word for family in FAMILIES for word in family]
    assert sorted(listed) == sorted(set(listed))
