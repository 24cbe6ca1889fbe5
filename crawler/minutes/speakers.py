"""Who speaks in a paragraph: the one person by name whose words or questions it reports.

The speaker is the subject of the sentence, whatever is said of others in it: "In reply to Councillor A, Councillor B
said" is B's. Where two speak, in one sentence or in several, it is nobody's. Nor is what a chair does to conduct the
meeting (welcoming, inviting, thanking, announcing a vote), moving and seconding, which resolutions know, or an office
without a name. To propose that something be done is to speak.
"""

import re
from collections.abc import Iterator

from archive.model import ParagraphKind
from crawler.minutes.names import ABBREVIATED, Printed, compatible, found_names, is_bare_name, parts
from crawler.minutes.vocabulary import CHAIRS, NO_NAMES, OFFICES, TITLES, words

_SPEAKS = (
    r"said|says|stated|states|reported|reports|explained|explains|advised|advises|informed|informs|asked|asks|enquired|"
    r"inquired|queried|questioned|commented|noted|notes|highlighted|confirmed|responded|replied|answered|added|"
    r"clarified|expressed|suggested|thanked|welcomed|congratulated|felt|considered|thought|believed|agreed|"
    r"concurred|disagreed|supported|raised|referred|drew|emphasi[sz]ed|stressed|reminded|requested|sought|outlined|"
    r"presented|introduced|summari[sz]ed|updated|provided|gave|spoke|speaks|addressed|urged|argued|acknowledged|"
    r"observed|pointed out|remarked|"
    r"proposed(?!,? (?:by|and (?:[^.;,]{2,50} )?seconded)\b)|apologi[sz]ed|assured|reassured|mentioned|"
    r"indicated|opined|echoed|paid|wished|hoped|challenged|criticised|praised|commended|described|detailed|set out|"
    r"took (?=[^.]{1,50} through\b)|preferred|"
    r"favoured|put|"
    r"made (?!(?:a|the|his|her|their) declaration)(?=the|a|an|some|several|reference|it|clear|his|her|their)|"
    r"wanted|warned|cautioned|objected|opposed|reiterated|repeated|told|shared|undertook|offered|announced|read|"
    r"reflected|recalled|recommended|regretted|lamented|complained|contended|maintained|insisted|appreciated|"
    r"recogni[sz]ed|accepted|admitted|conceded|declared (?=that)|appealed|called (?=for|on|upon)|pressed|pleaded|"
    r"elaborated|expanded|corrected|countered|rebutted|defended|concluded|continued|feared|doubted|wondered|proffered|"
    r"discussed|showed|demonstrated|circulated|submitted|asserted|alleged|quoted|cited|sympathi[sz]ed|spoken|"
    r"heard|had heard|could (?:not )?support|would (?:not )?support|would like|would welcome|did not (?:agree|support|"
    r"believe|think|feel|consider)|was (?:(?:very|also|not|still) )?(?:of the (?:view|opinion)|concerned|pleased|"
    r"disappointed|grateful|glad|delighted|worried|surprised|unhappy|minded|happy|keen|sorry|sceptical|in favour)"
)
_ADVERBS = (
    r"(?:(?:also|then|further|again|next|therefore|subsequently|briefly|formally|finally|strongly|fully|clearly|both|"
    r"kindly|duly|later|now|first|similarly|likewise|personally|particularly|specifically|additionally|accordingly|"
    r"has|himself|herself|himself,|herself,) ){0,3}"
)
_VERB = re.compile(rf"{_ADVERBS}(?P<verb>{_SPEAKS})\b", re.IGNORECASE)
_LATER_VERB = re.compile(rf", ?{_ADVERBS}(?P<verb>{_SPEAKS})\b", re.IGNORECASE)
_BRACKET = re.compile(r" ?\([^()]{0,120}\)|,? [–-] [^–]{1,80}? [–-](?= )")
_POST = re.compile(r",? ?(?:(?:the|a|an|our|as) )?(?:(?:[A-Z][\w'’&/-]*|of|for|and|the|to|&|in|on),? ){1,14}")
_BEGINS = re.compile(r", (?:and )?(?:the )?\Z|(?:\band|&) \Z")
_CONDUCTS = re.compile(
    r"(?:welcomed|thanked|introduced|announced|put|read|called|concluded|invited|congratulated (?=everyone)|reminded "
    r"(?=members? (?:of|that|to)|those|everyone|everybody|all)|asked (?=members|for|if there|everyone|those|all)|"
    r"proposed (?=that the meeting)|sought|requested (?=that members|members))", re.IGNORECASE)
_SENTENCE = re.compile(
    r"[.?!]" + "".join(rf"(?<!\b{each}\.)" for each in (*ABBREVIATED, "No", "[A-Z]")) + r"[)”\"’]? (?=[\"“‘(]?[A-Z])"
)
_OPENINGS = re.compile(
    r"(?:At (?:this|that|the same) (?:point|juncture|stage|time)|Then|Next|Finally|Firstly|Secondly|Thirdly|Lastly|"
    r"Also|However|Additionally|Furthermore|Subsequently|In (?:response|reply|conclusion|addition|summary|answer|turn|"
    r"closing|summing up)|(?:During|In) (?:the )?(?:discussion|debate|questions)|(?:Following|After) (?:this|that)|"
    r"In (?:proposing|seconding|moving|supporting|opposing|introducing|presenting|responding)\b[^,;]{0,60}|"
    r"With the (?:consent|agreement|approval|permission|leave) of (?:the )?[^,;.]{1,60}|"
    r"As a point of (?:order|information)|Both|N\.?B\.?:?)", re.IGNORECASE)
_WITHIN = frozenset(("of", "for", "and", "&", "the", "on", "in", "-", "–", "a", "an", "our"))
_PASSIVE = re.compile(
    r"\b[Ii]t was (?:also |then |further )?(?:said|suggested|stated|reported|noted|asked|explained|felt|considered|"
    r"pointed out|highlighted|confirmed|queried|commented|observed|added|remarked|argued|advised) by "
    r"(?:the [^,.]{1,60}, )?\Z"
)
_WELSH = re.compile(
    r"(?:Dywedodd|Gofynnodd|Diolchodd|Eglurodd|Esboniodd|Adroddodd|Nododd|Atebodd|Ymatebodd|Croesawodd|Holodd|"
    r"Awgrymodd|Cadarnhaodd|Hysbysodd|Mynegodd|Cyflwynodd|Ychwanegodd|Pwysleisiodd|Cyfeiriodd|Amlinellodd|Siaradodd|"
    r"Cynghorodd|Amlygodd|Cwestiynodd|Rhybuddiodd|Cytunodd|Teimlai|Credai)(?: hefyd)? (?:yr? [^,.]{1,60}, )?(?:yr? )?\Z"
)
_WELSH_CHAIR = re.compile(r"\b[CG]adeirydd\b|\bMaer\b")
_Y = re.compile(r"\b[yY] \Z")
_OFFICE_SPEAKS = re.compile(   # "The Head of Finance replied", "In response, the officer said"
    rf"(?:[^,.;]{{2,60}}, )?[Tt]he (?P<office>(?:[\w’'&/-]+,? ){{1,10}}?){_ADVERBS}(?P<verb>{_SPEAKS})\b"
)
_WELSH_AND = re.compile(r" (?:a|ac|a['’]r) ")
_CLOSES = re.compile(rf"(?:\)|,) ?{_ADVERBS}(?:{_SPEAKS})\b", re.IGNORECASE)
_OFFICE_AFTER = re.compile(
    rf"(?P<name>[^(,.;:]{{3,40}}?)(?: \((?P<bracket>[^()]{{1,100}})\)|, (?P<post>[^.;:]{{1,120}}?),) "
    rf"{_ADVERBS}(?:{_SPEAKS})\b"
)
_NOT_UNTITLED = NO_NAMES | TITLES | words("Council Services Service Team Report Group Street Road House School Park")
_LONGEST = 260    # characters between a name and its verb
_FIRST = 4000     # characters of a paragraph that are looked at
_MANY = "\0"      # in place of a name where several speak together


def speaker(kind: ParagraphKind, text: str) -> str | None:
    """Who speaks in a paragraph of that kind and text, as printed; `None` where it does not say so of one person."""
    if kind is not ParagraphKind.NARRATIVE:
        return None
    said = _speaking(text)
    if not said or _MANY in said:
        return None
    first = parts(said[0])
    return said[0] if all(compatible(first, parts(name)) for name in said[1:]) else None


def speakers(text: str) -> list[str]:
    """Everybody by name who alone speaks in a sentence of `text`, as printed."""
    return [name for name in _speaking(text) if name != _MANY]


def _speaking(text: str) -> list[str]:
    return [name for sentence in _sentences(text[:_FIRST]) for name in _of_sentence(sentence) or _of_office(sentence)]


def _sentences(text: str) -> Iterator[str]:
    at = 0
    for stop in _SENTENCE.finditer(text):
        yield text[at:stop.end()].strip()
        at = stop.end()
    yield text[at:]


def _of_office(text: str) -> list[str]:
    """Somebody without a name, where the holder of an office speaks: "The officer replied that ..."."""
    found = _OFFICE_SPEAKS.match(text)
    if found is None or not _is_office(found["office"]):
        return []
    in_chair = any(word.strip(",").casefold() in CHAIRS for word in found["office"].split())
    return [] if in_chair and _CONDUCTS.match(found["verb"]) else [_MANY]


def _of_sentence(text: str) -> list[str]:
    """Whoever speaks in one sentence."""
    return list(_subjects(text))


def _subjects(text: str) -> Iterator[str]:
    named = found_names(text)
    for at, printed in enumerate(named):
        if _asks_in_passive(text, printed):
            yield printed.name
            return
        verb = _verb_after(text, printed, named[at + 1:])
        if verb is None:
            continue
        before = text[:_before(text, printed)]
        opens = opens_clause(before) or (before.endswith(", ") and verb.start() == printed.end + 1)
        if printed.listed or not opens:
            if printed.listed or _joins(text, printed, named[:at]):
                yield _MANY
                return
            continue
        if not (_presides(text, printed, verb.start()) and _CONDUCTS.match(text, verb.start("verb"))):
            yield printed.name
        return
    untitled = _untitled(text) or _before_office(text)
    if untitled:
        yield untitled


def _before(text: str, printed: Printed) -> int:
    """Where the subject begins: the name, or an article before it ("y Cynghorydd")."""
    return printed.start - 2 if _Y.search(text, max(0, printed.start - 3), printed.start) else printed.start


def _joins(text: str, printed: Printed, before: tuple[Printed, ...]) -> bool:
    """Whether a name is the last of several subjects: "Mr A and Mrs B said", "Officers and Councillor A said"."""
    lead = re.search(r"([^,;]*?)(?:,? and|&) (?:the )?\Z", text[max(0, printed.start - 160):printed.start])
    if lead is None:
        return False
    first = before[-1] if before else None
    return (first is not None and opens_clause(text[:first.start])) or opens_clause(text[:lead.start()])


def _asks_in_passive(text: str, printed: Printed) -> bool:
    """Whether a name is who it was said by: "It was suggested by Councillor A", "Dywedodd y Cynghorydd A"."""
    lead = text[max(0, printed.start - 120):printed.start]
    if _PASSIVE.search(lead):
        return not printed.listed
    if not _WELSH.match(text[:printed.start]) or _WELSH_CHAIR.search(lead):
        return False
    return not printed.listed and not _WELSH_AND.match(text, printed.end)


def _verb_after(text: str, printed: Printed, others: tuple[Printed, ...]) -> re.Match[str] | None:
    """The verb of speaking whose subject a name is, behind brackets, honours and what is said of the person."""
    at = printed.end
    if text[at:at + 1] == ")":
        at += 1
    while bracket := _BRACKET.match(text, at):
        at = bracket.end()
    close = _VERB.match(text, at + 1) if text[at:at + 1] == " " else None
    if close:
        return close
    post = _POST.match(text, at)
    if post and _is_office(post[0]) and not any(at <= each.start < post.end() for each in others):
        close = _VERB.match(text, post.end())
        if close:
            return close
    if text[at:at + 1] != ",":
        return None
    for found in _LATER_VERB.finditer(text, at, at + _LONGEST):
        within = (each for each in others if each.start < found.start())
        return None if any(_stands_alone(text, at, each) for each in within) else found
    return None


def _stands_alone(text: str, at: int, other: Printed) -> bool:
    """Whether another name behind `at` begins a clause of its own, and is not who is replied to or seconded by."""
    if not _BEGINS.search(text[max(0, other.start - 12):other.start]):
        return False
    return not re.search(r"\b(?:to|by|from|with|of|for) [^,]{0,60}\Z", text[at:other.start].rstrip(", "))


def _is_office(text: str) -> bool:
    return any(word.strip(",()").casefold() in OFFICES for word in text.split())


def opens_clause(before: str) -> bool:
    """Whether what stands before a name lets it be the subject of a clause: nothing, an opening ("In reply to Mr A,"),
    or an office that opens one itself ("In response, the Leader,").
    """
    tokens = before[-240:].rstrip(" (–-“\"‘").split()
    rest = without_office(tokens)
    if rest is None:
        return not tokens or tokens[-1][-1] in ",;:" or _opens(tokens)
    return not rest or rest[-1][-1] in ",;:" or _opens(rest)


def _opens(tokens: list[str]) -> bool:
    return bool(_OPENINGS.fullmatch(" ".join(tokens).rstrip(",")))


def without_office(tokens: list[str]) -> list[str] | None:
    """`tokens` without the office that they end with; `None` when they end with none."""
    at, office = len(tokens), False
    while at > 0 and len(tokens) - at < 16:
        token = tokens[at - 1]
        core = token.strip(",()“\"'’")
        if office and token[-1] in ",;:":
            break
        if core not in _WITHIN and core.casefold() not in OFFICES and not core[:1].isupper():
            break
        at -= 1
        office = office or core.casefold() in OFFICES
        if core.casefold() in ("the", "our", "a", "an"):
            break
    while at < len(tokens) and tokens[at] in ("and", "&", "in", "on", "of", "for"):
        at += 1
    return tokens[:at] if office else None


def _presides(text: str, printed: Printed, verb: int) -> bool:
    """Whether the subject is said to be in the chair."""
    lead = text[:printed.start].rstrip(" (,").split()
    rest = without_office(lead)
    around = [*(() if rest is None else lead[len(rest):]), *text[printed.end:verb].split()]
    return any(word.strip(",()'’").casefold() in CHAIRS for word in around)


def _untitled(text: str) -> str | None:
    """The name without title between an office and the verb: "the Head of Finance, Jane Fell, said"."""
    for close in _CLOSES.finditer(text):
        opened = max(text.rfind(mark, max(0, close.start() - 60), close.start()) for mark in ",(")
        name = text[opened + 1:close.start()].strip()
        if opened < 0 or not _is_untitled(name):
            continue
        tokens = text[:opened].split()
        rest = without_office(tokens)
        if rest is not None and (not rest or rest[-1][-1] in ",;:" or _opens(rest)):
            return name
    return None


def _before_office(text: str) -> str | None:
    """The name without title that a sentence begins with, before an office: "Tom Hale (Director of Housing) said"."""
    found = _OFFICE_AFTER.match(text)
    if found is None or not _is_untitled(found["name"]) or not _is_office(found["bracket"] or found["post"]):
        return None
    return found["name"]


def _is_untitled(text: str) -> bool:
    """Whether `text` is a name without title, and neither an office nor a body."""
    apart = text.split()
    if len(apart) not in (2, 3, 4) or not is_bare_name(text):
        return False
    return not any(word in _NOT_UNTITLED or word.casefold() in OFFICES for word in apart)
