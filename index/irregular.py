"""Forms of one word that no ending tells: taken and take, built and build, crises and crisis.

A stemmer cuts endings and knows none of these. Listed are those that minutes are full of and that mean one thing in
them. Left out is a form that is as often another word, since to join it would lose that word in the crowd:

* left (a side), rose (a flower, a name), saw (a tool), fell (a hill), drove (a lane of the fens), found (of which
  founded is a form), felt, ground, bound, wound, shot, lit, bore, and the hung council that nobody hangs;
* led (LED lamps) and sent (SEND, special needs), since capitals make no difference to a word;
* met, heard, said, stood and lay: "the Committee met, heard and said" is in all minutes, and who asks for a meeting, a
  hearing, a stand or a lay member means none of it; meant and thought, for means and thoughts;
* drew, ran, hid and other names and short forms; bases, leaves and lives, which have two words each.
"""

from collections.abc import Mapping

_VERBS = """
arise arose arisen; become became; begin began begun; bite bitten; blow blew blown; break broke broken; breed bred;
bring brought; build built; burn burnt; buy bought; catch caught; choose chose chosen; come came; deal dealt; draw
drawn; drive driven; eat ate eaten; fall fallen; feed fed; fight fought; flee fled; fly flew flown; forbid forbade
forbidden; forego forewent foregone; foresee foresaw foreseen; forget forgot forgotten; forgive forgave forgiven;
forgo forwent forgone; freeze froze frozen; give gave given; go went gone; grow grew grown; hide hidden; hold held;
keep kept; know knew known; learn learnt; lend lent; lose lost; make made; mislead misled; mistake mistook mistaken;
misunderstand misunderstood; mow mown; outgrow outgrew outgrown; overcome overcame; overpay overpaid; override
overrode overridden; overrun overran; oversee oversaw overseen; overspend overspent; overtake overtook overtaken;
overthrow overthrew overthrown; pay paid; prepay prepaid; prove proven; rebuild rebuilt; redraw redrew redrawn; regrow
regrew regrown; repay repaid; resell resold; retake retook retaken; rethink rethought; rewrite rewrote rewritten; ride
ridden; rise risen; see seen; seek sought; sell sold; shake shaken; show shown; shrink shrank shrunk; sleep slept; sow
sown; speak spoke spoken; spend spent; steal stole stolen; strive strove striven; swear swore sworn; sweep swept; swim
swam swum; take took taken; teach taught; tell told; throw threw thrown; undergo underwent undergone; underspend
underspent; understand understood; undertake undertook undertaken; uphold upheld; wear wore worn; weave woven; win
won; withdraw withdrew withdrawn; withhold withheld; withstand withstood; write wrote written
"""

_THINGS = """
addendum addenda; alderman aldermen; alumnus alumni; alderwoman alderwomen; appendix appendices; aquarium aquaria;
bacterium bacteria; bureau bureaux; businessman businessmen; calf calves; chairman chairmen; chairwoman chairwomen;
consortium consortia; craftsman craftsmen; crematorium crematoria; crisis crises; criterion criteria; curriculum
curricula; erratum errata; fireman firemen; fisherman fishermen; focus foci; foot feet; foreman foremen; formula
formulae; forum fora; freeman freemen; fungus fungi; gentleman gentlemen; goose geese; grandchild grandchildren; half
halves; honorarium honoraria; hypothesis hypotheses; index indices; knife knives; larva larvae; loaf loaves; matrix
matrices; memorandum memoranda; moratorium moratoria; mouse mice; ombudsman ombudsmen; phenomenon phenomena; plateau
plateaux; policeman policemen; policewoman policewomen; postman postmen; referendum referenda; scarf scarves;
schoolchild schoolchildren; servicewoman servicewomen; serviceman servicemen; shelf shelves; spokesman spokesmen;
sportsman sportsmen; stadium stadia; stimulus stimuli; syllabus syllabi; thief thieves; tooth teeth; tradesman
tradesmen; wharf wharves; wife wives; wolf wolves; workman workmen
"""

IRREGULAR: Mapping[str, str] = {form: first for listed in (_VERBS, _THINGS) for entry in listed.split(";")
                                for first, *forms in (entry.split(),) for form in forms}
"""By folded form the word that it is a form of."""
