"""What functions keep of texts: the latest short ones, and no more than one that is as long as a document."""

from crawler.minutes.latest import LONG, latest


def test_short_texts_are_kept_and_only_the_latest_long_one() -> None:
    asked: list[str] = []

    @latest(3)
    def first(text: str) -> str:
        """The first letter."""
        asked.append(text[0])
        return text[0]

    short, long = ["a", "b", "c"], ["D" * LONG, "E" * LONG]
    assert [first(text) for text in short + long + short + long] == list("abcDEabcDE")
    assert asked == list("abcDEDE")
    assert first("E" * LONG) == "E"
    assert asked == list("abcDEDE")
    assert first.__doc__ == "The first letter."
