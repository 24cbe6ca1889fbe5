import json

from build import a_meeting, an_item

from archive.export import FORMATS, jsonl
from archive.shapes import as_json, meeting_from_json


def test_each_line_is_one_meeting_in_the_shape_of_the_contract() -> None:
    meetings = [a_meeting("1", an_item("1", "Cyngor Môn", "Two\u2028lines – £5.")), a_meeting("2")]
    lines = list(jsonl(meetings))
    assert [line.count("\n") for line in lines] == [1, 1]
    assert [json.loads(line) for line in lines] == [as_json(meeting) for meeting in meetings]
    assert [meeting_from_json(json.loads(line)) for line in lines] == meetings
    assert "Cyngor Môn" in lines[0]


def test_meetings_are_taken_one_by_one() -> None:
    taken = []

    def meetings() -> object:
        for local in "123":
            taken.append(local)
            yield a_meeting(local)

    next(FORMATS["jsonl"](meetings()))
    assert taken == ["1"]
