"""Writes the standing items: apologies, declarations, minutes, questions, the exclusion of the public."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from crawler.sample.data import phrases
from crawler.sample.draft import Draft, Motion, Remark
from crawler.sample.grammar import joined
from crawler.sample.people import Councillor, Seat
from crawler.sample.plan import PlannedMeeting
from crawler.sample.scene import Scene, long_date


@dataclass(frozen=True, slots=True)
class Room:
    """Who was there: `absent` sent apologies, `substitutes` pairs who came with whom they stood in for."""

    seats: tuple[Seat, ...]
    present: tuple[Councillor, ...]
    absent: tuple[Councillor, ...]
    substitutes: tuple[tuple[Councillor, Councillor], ...]
    previous: PlannedMeeting | None
    following: PlannedMeeting | None


Written = tuple[str, str, tuple[Remark, ...], Motion | None]  # title, agenda, minutes, decision


def standing(key: str, scene: Scene, room: Room) -> Draft:
    """What happened at the standing item `key`."""
    scene.known["chair"] = "Chairman" if scene.day.year < 2021 else "Chair"
    title, agenda, remarks, motion = _WRITERS[key](scene, room)
    documents = ("Minutes",) if key == "minutes" and room.previous else ()
    if documents and room.previous:
        documents = (f"Minutes , {room.previous.day:%d/%m/%Y} {scene.spec.name}",)
    return Draft(
        title,
        (agenda,) if agenda else (),
        remarks,
        motion=motion,
        procedural=key != "work-programme",
        documents=documents,
        people=scene.people,
    )


def _phrase(scene: Scene, kind: str) -> str:
    return scene.sentence(scene.pick(phrases()[kind]))


def _remark(scene: Scene, kind: str) -> Remark:
    return Remark(_phrase(scene, kind))


def _apologies(scene: Scene, room: Room) -> Written:
    title = (
        scene.pick(("Apologies for absence", "Apologies for Absence", "Apologies and substitutes"))
        if scene.spec.key != "council"
        else "Apologies for Absence"
    )
    if not room.absent:
        return title, "To receive any apologies for absence.", (_remark(scene, "no-apologies"),), None
    scene.known["names"] = _named(scene, room.absent)
    remarks = [_remark(scene, "apologies")]
    for substitute, absent in room.substitutes:
        scene.known.update(substitute=scene.member(substitute), absent=scene.member(absent))
        remarks.append(_remark(scene, "substitutes"))
    if scene.rng.random() < 0.08:
        remarks.append(_remark(scene, "lateness"))
    return title, "To receive any apologies for absence.", tuple(remarks), None


def _named(scene: Scene, councillors: tuple[Councillor, ...]) -> str:
    """ "Councillor A", or "Councillors A, B and C" as clerks write it."""
    printed = [scene.member(each) for each in councillors]
    address = scene.spec.address
    if len(printed) == 1 or address == "Mr":
        return joined(printed)
    return f"{address}s {joined([name.removeprefix(address + ' ') for name in printed])}"


def _declarations(scene: Scene, _: Room) -> Written:
    title = scene.pick(("Declarations of interest", "Declarations of Interest", "Members' interests"))
    agenda = "Members are asked to declare any disclosable pecuniary or other interests in items on the agenda."
    if scene.rng.random() < 0.68:
        return title, agenda, (_remark(scene, "no-declarations"),), None
    remarks = []
    for _at in range(scene.rng.choice((1, 1, 2))):
        scene.known["thing"] = scene.pick(phrases()["things"])
        scene.known.pop("member", None)
        remarks.append(_remark(scene, "declarations"))
    return title, agenda, tuple(remarks), None


def _minutes(scene: Scene, room: Room) -> Written:
    title = scene.pick(("Minutes of the previous meeting", "Minutes", "Minutes of the last meeting"))
    if room.previous is None:
        return (
            title,
            "To confirm the minutes of the last meeting.",
            (Remark("This was the first meeting to be minuted in this form."),),
            None,
        )
    scene.known["previous"] = long_date(room.previous.day)
    agenda = f"To confirm the minutes of the meeting held on {scene.known['previous']} (attached)."
    if scene.rng.random() < 0.06:
        return title, agenda, (), Motion(text=_phrase(scene, "minutes-corrected"), closing=True)
    text = _phrase(scene, "minutes-approved")
    later = (_remark(scene, "matters-arising"),) if scene.rng.random() < 0.12 else ()
    if text.startswith("That "):
        return title, agenda, (), Motion(text=text)
    if "as a correct record" in text:    # decides, and so no matter arises after it
        return title, agenda, (), Motion(text=text, closing=True)
    return title, agenda, (Remark(text), *later), None


def _announcements(scene: Scene, _: Room) -> Written:
    scene.known["departed"] = scene.pick(phrases()["departed"])
    scene.stranger(f"County Councillor {scene.known['departed']}")
    title = f"{scene.known['chair']}'s announcements"
    chosen = scene.rng.sample(phrases()["announcements"], scene.rng.choice((1, 2, 2, 3)))
    return title, "", tuple(Remark(scene.sentence(each)) for each in chosen), None


def _public_questions(scene: Scene, _: Room) -> Written:
    title = scene.pick(
        ("Public questions and petitions", "Questions from members of the public", "Public participation")
    )
    agenda = "To receive any questions or petitions from members of the public, of which notice has been given."
    if scene.rng.random() < 0.5:
        return title, agenda, (_remark(scene, "no-questions"),), None
    remarks = []
    for _at in range(scene.rng.choice((1, 2))):
        scene.known["resident"] = scene.stranger(scene.pick(phrases()["residents"]))
        remarks.append(_remark(scene, "public-questions"))
    return title, agenda, tuple(remarks), None


def _work_programme(scene: Scene, _: Room) -> Written:
    scene.known["thing"] = scene.pick(phrases()["things"])
    title = scene.pick(("Work programme", "Committee work programme", "Work Programme"))
    motion = (
        Motion(text="That the work programme be [noted|agreed|noted as amended].") if scene.rng.random() < 0.4 else None
    )
    if motion:
        motion = Motion(text=scene.say(motion.text))
    return title, "To review the work programme.", (_remark(scene, "work-programme"),), motion


def _urgent(scene: Scene, _: Room) -> Written:
    scene.known["thing"] = scene.pick(phrases()["things"])
    title = scene.pick(("Urgent items", "Urgent business", "Any other business which the Chair considers urgent"))
    return title, "", (_remark(scene, "urgent"),), None


def _exclusion(scene: Scene, _: Room) -> Written:
    agenda = "To consider passing a resolution to exclude the public from the meeting for the following item."
    return "Exclusion of the Press and Public", agenda, (), Motion(text=_phrase(scene, "exclusion"))


def _next_meeting(scene: Scene, room: Room) -> Written:
    if room.following is None:
        return "Date of next meeting", "", (Remark("To be confirmed."),), None
    following = room.following
    scene.known.update(next=f"{following.start:%A} {long_date(following.day)}", time=clock(following))
    remarks = [_remark(scene, "next-meeting")]
    if scene.rng.random() < 0.6:
        ended = scene.start + timedelta(minutes=scene.rng.randint(65, 210))
        scene.known["clock"] = f"{(ended.hour - 1) % 12 + 1}.{ended:%M} {ended:%p}".lower()
        remarks.append(_remark(scene, "closed"))
    return "Date of next meeting", "", tuple(remarks), None


def clock(meeting: PlannedMeeting) -> str:
    """The time of a meeting as ModernGov prints it: "10.30 am"."""
    return f"{(meeting.start.hour - 1) % 12 + 1}.{meeting.start:%M} {meeting.start:%p}".replace("AM", "am").replace(
        "PM", "pm"
    )


_WRITERS: dict[str, Callable[[Scene, Room], Written]] = {
    "apologies": _apologies,
    "declarations": _declarations,
    "minutes": _minutes,
    "announcements": _announcements,
    "public-questions": _public_questions,
    "work-programme": _work_programme,
    "urgent": _urgent,
    "exclusion": _exclusion,
    "next-meeting": _next_meeting,
}
