"""Files that are added: names that lead out, names that are taken, and too much of them."""

import socket
from concurrent.futures import ThreadPoolExecutor

from tests.attacks.attack import attack, expect, expect_one_line
from tests.attacks.site import CURATOR, GREEDY, READER, Site, new_address

_NAMES = {
    "dots": "../../escaped.txt",
    "an absolute path": "/tmp/escaped.txt",  # noqa: S108
    "backslashes": "..\\..\\escaped.txt",
    "a drive": "C:\\escaped.txt",
    "a stream": "a.txt:escaped",
    "hidden": ".escaped.txt",
    "hidden by blanks": "  .escaped.txt",
    "dots alone": "..",
    "nothing": "",
    "blanks": "   ",
    "a NUL": "a\0escaped.txt",
    "line breaks": "a\nb\r\nescaped.txt",
    "escapes": "\x1b]52;c;escaped\x07.txt",
    "the other direction": "\u202etxt.escaped",
    "300 letters": "e" * 300 + ".txt",
    "300 letters of three bytes": "語" * 300 + ".txt",
    "a long ending": "a." + "x" * 300,
    "half a character": "\ud800.txt",
    "a device": "CON.txt",
    "the index": ".quotidian/CURRENT",
    "a file that is being added": ".adding-1",
}


@attack(8, "inside the corpus, or one line", each=_NAMES)
def a_name_that_leads_out(site: Site, name: str) -> str:
    """Add a file by a name that is a path, hidden, or no name at all."""
    outside = set(site.folder.iterdir())
    reply = site.add(name, f"A new article about {name!a}.".encode())
    new = set(site.folder.iterdir()) - outside
    expect(not new, f"outside the corpus: {new}")
    hidden = [path.name for path in site.corpus.iterdir() if path.name.startswith(".")]
    expect(not hidden, f"hidden: {hidden}")
    folders = [path.name for path in site.corpus.iterdir() if path.is_dir()]
    expect(not folders, f"folders: {folders}")
    return "added inside" if reply.status == 200 else expect_one_line(reply.said)


@attack(8, "eight files, each named")
def eight_people_who_add_one_name(site: Site) -> str:
    """Add eight files of the same name at the same time."""
    contents = [f"Article {n} of eight with one name.".encode() for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        replies = [*pool.map(lambda content: site.add("eight.txt", content), contents)]
    expect(all(reply.status == 200 for reply in replies), str([r.said for r in replies])[:120])
    held = {path.read_bytes() for path in site.corpus.glob("eight*.txt")}
    expect(held >= {*contents}, f"{len(held & {*contents})} of 8 are there")
    said = " ".join(reply.json["data"][0]["said"] for reply in replies)
    expect(all(f"eight-{n}.txt" in said for n in range(2, 9)), said[:120])
    return "eight are there, each named"


@attack(8, "refused in one line")
def metadata_of_an_article_that_is_there(site: Site) -> str:
    """Add a sidecar that would say anew who wrote an article."""
    reply = site.add("story.txt.meta.toml", b'author = "Somebody Else"')
    expect(reply.status != 200, "added")
    expect(not (site.corpus / "story.txt.meta.toml").exists(), "it is there")
    return expect_one_line(reply.said)


@attack(8, "both are kept")
def a_file_in_the_place_of_another(site: Site) -> str:
    """Add a file by the name of one that is there, without saying that it replaces it."""
    before = (site.corpus / "story.txt").read_bytes()
    reply = site.add("story.txt", b"Another story.")
    expect((site.corpus / "story.txt").read_bytes() == before, "the first is gone")
    expect(reply.status == 200, reply.said)
    return str(reply.json["data"][0]["said"])


@attack(
    18,
    "one clear line, no 500",
    each={
        "no name": '--x\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n'
        "a\r\n--x--",
        "no file": '--x\r\nContent-Disposition: form-data; name="other"\r\n\r\na\r\n--x--',
        "no end": '--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\na',
        "no boundary": "a" * 100,
        "nothing": "",
        "a name of dots": '--x\r\nContent-Disposition: form-data; name="files"; '
        'filename="../../../../tmp/escaped"\r\n\r\na\r\n--x--',
        "a name of 10,000 letters": '--x\r\nContent-Disposition: form-data; name="files"; '
        f'filename="{"e" * 10_000}"\r\n\r\na\r\n--x--',
        "ten thousand files": '--x\r\nContent-Disposition: form-data; name="files"; filename="a"'
        "\r\n\r\na\r\n" * 10_000 + "--x--",
    },
)
def an_upload_that_is_none(site: Site, body: str) -> str:
    """Upload what no browser sends."""
    kind = {"content-type": "multipart/form-data; boundary=x"}
    reply = site.ask("POST", "/gradio_api/upload", body.encode(), who=CURATOR, headers=kind)
    expect(reply.status != 500, f"{reply.status}: {reply.text[:80]}")
    if reply.status == 200:
        expect(all(path != "/tmp/escaped" for path in reply.json), "outside its folder")  # noqa: S108
        return f"{len(reply.json)} kept in their folder"
    expect(reply.said or reply.status == 0, f"{reply.status} without a word")
    return f"{reply.status} {reply.said[:60]}"


@attack(17, "refused in one line")
def an_upload_of_a_reader(site: Site) -> str:
    """Upload a file as somebody who only reads."""
    reply = site.upload("a.txt", b"x", who=READER)
    expect(reply.status == 403, f"{reply.status}: {reply.text[:80]}")
    return expect_one_line(reply.said)


@attack(17, "one account: so much in a day")
def uploads_without_end(site: Site) -> str:
    """Begin one upload of 60 MB after the other as one account, then upload a file."""
    head = (
        "POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000000\r\n"
        f"Cookie: {site.cookie(GREEDY)}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x"
    )
    for _ in range(20):
        place = ("127.0.0.1", site.port)
        with socket.create_connection(place, 10, (new_address(), 0)) as held:
            held.sendall(head.encode())
            held.shutdown(socket.SHUT_WR)
            held.recv(1_000)
    reply = site.upload("a.txt", b"x" * 50_000_000, who=GREEDY)
    expect(reply.status == 429, f"{reply.status}: {reply.text[:80]}")
    others = site.upload("a.txt", b"x").status
    expect(others == 200, f"another curator is refused as well: {others}")
    return expect_one_line(reply.said)


@attack(17, "refused in one line")
def a_file_larger_than_is_taken(site: Site) -> str:
    """Upload 25 MB at once."""
    reply = site.upload("large.txt", b"x" * 25_000_000)
    expect(reply.status != 200, "taken")
    expect(reply.status != 500, f"{reply.status}: {reply.text[:80]}")
    return f"{reply.status} {reply.said[:60]}"
