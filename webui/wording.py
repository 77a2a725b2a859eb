"""The fixed phrases of the page, and dates and counts in words.

What stands here or in ``templates/`` is all that the page says itself; the rest is quoted.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from retriever import AddedFiles, Filters, Listing, PartialDate, addable_endings

UNDATED = "undated"
NO_ANSWER = "No answer to this question was found in the articles."
OTHER_LANGUAGE = "The question seems to be in {language}, and no article is."
BROKEN = "Something went wrong inside the program. Its log on the server says what; ask again."
NO_SUCH_TURN = "That question is no longer part of this conversation; ask it again."
ALL_ARTICLES = "The articles"
NEWEST_ARTICLES = "The newest of them"
SOME_ARTICLES = "Some of them"
NOTHING_TO_SAVE = "There is no answer to save yet."
NOT_KEPT = "This server keeps no judgements."
NO_NOTEBOOK = "This server keeps no notebook."
NO_TITLE = "Without a title"
IMPORTED = "{added} added."
UNVERIFIED_CAME = " {count} could not be verified: no article here was found to hold the words."
NOT_WRITTEN = "The judgement could not be kept ({why}); look at the index folder on the server."
NOT_ADDED = "The files could not be added ({why}); look at the corpus folder on the server."
CANCELLED = "Stopped. The articles answer as before."
NOT_STARTED = "That could not be done; the log on the server says why."
STOPPED_EARLY = "The rebuild ended before it was done. The articles answer as before."
NOT_UPLOADED = "That file was not uploaded to this server; choose it again."
NO_FILES = "Give a list of 1 to {most} uploaded files, each with its name and path."
NOT_ALLOWED = "Only those who look after the articles may do that."
NO_FILE_SENT = "No file came with that; choose it again."
NOTHING_TO_CHECK = "Paste a draft or choose a file first."
LONG_FOR_THE_PAGE = "This draft has {count:,} characters; here at most {most:,} are checked."
TOO_MANY_QUESTIONS = "This list has {count:,} questions; here at most {most:,} are asked at a time."
TOO_MANY_LISTS = "Too many lists are being answered; try again in a few minutes."
NO_ROWS = "No list of questions was answered here yet."
VERDICTS = {
    "exact": "exact",
    "nearly": "nearly",
    "nowhere": "nowhere",
    "unchecked": "not looked for",
}
FOREIGN = "This request comes from another site."
NO_SUCH_PATH = "There is nothing here; the page is at the top."
NO_SUCH_ACTION = "There is no action of this name; /gradio_api/info lists those there are."
NOT_UNDERSTOOD = "This call cannot be understood; /gradio_api/info tells what each action takes."
TOO_OFTEN = "Too many requests from this address; wait a moment."
NOT_NOW = "This machine has no room for that now, or too much to do; try again later."
NO_LENGTH = "State the length of what is uploaded."
UPLOADED_ENOUGH = "No more than {megabytes} MB are taken from one sender in a day; go on tomorrow."
READ_ONLY = (
    "Nothing is changed here: the index names {corpus} as the folder of its articles, and was not "
    "built by who serves it. Serve it with --corpus {corpus} if that is right."
)
TWO_LENGTHS = "This request states two lengths."
TOO_LARGE = "This request is too large."
WHO = "Give a user and a password."
STAGES = {
    "starting": "Starting",
    "reading": "Reading the articles",
    "embedding": "Encoding the passages",
    "encoding titles": "Encoding the titles",
    "indexing words": "Indexing the words",
    "finding reprints": "Looking for reprints",
    "comparing texts": "Comparing like texts",
    "calibrating": "Measuring when to refuse",
}
STATES = {
    "article": "indexed",
    "duplicate": "same text as another",
    "skipped": "skipped",
    "failed": "could not be read",
    "remarked": "with a remark",
}
PIN_STATES = {
    "same": "Same",
    "moved": "Moved",
    "revised": "Revised",
    "gone": "Gone",
    "unverified": "Not verified",
}
FILTER_PHRASES = {
    "publisher": "Published by",
    "author": "Written by",
    "language": "Written in",
    "after": "Published from",
    "before": "Published until",
    "on": "Dated",
}
AS_ASKED = "As asked, {}"
WIDENED = "No answer was found in what was {filters}; this is from all articles."
NOBODY_LISTED = {
    "headlines": "There is no article to list.",
    "people": "No person could be made out in the articles.",
    "authors": "None of these articles states its author.",
    "publishers": "None of these articles states its publisher.",
    "mentions": "No article mentions this, word for word.",
}
LISTED_HEADINGS = {
    "headlines": "More headlines",
    "people": "Who is named, and in how many articles",
    "authors": "Who wrote how many articles",
    "publishers": "Who published how many articles",
    "mentions": "Mentions",
}

# What people ask for the newest with; "last" alone names a surname or a last stand as often.
_LANGUAGES = {
    "ar": "العربية",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "no": "Norsk",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "sv": "Svenska",
    "th": "ไทย",
    "tr": "Türkçe",
    "uk": "Українська",
    "zh": "中文",
}


def language_name(code: str) -> str:
    """Return what a language calls itself, else its code; a variety keeps its code beside it."""
    main = code.partition("-")[0].lower()
    name = _LANGUAGES.get(main, code)
    return name if code.lower() == main or name == code else f"{name} ({code})"


def filter_in_words(name: str, value: str) -> str:
    """Return the value of a filter for reading."""
    if name in {"after", "before", "on"}:
        return date_in_words(value)
    return language_name(value) if name == "language" else value


def widened_line(filters: Filters) -> str | None:
    """Return that a source which was asked for did not answer; ``None`` where none was let go."""
    given = filters.to_dict()
    if given and given.get("after") == given.get("before"):
        given = {name: value for name, value in given.items() if name != "before"}
        given = {"on" if name == "after" else name: value for name, value in given.items()}
    phrases = (
        f"{FILTER_PHRASES[name].lower()} {filter_in_words(name, value)}"
        for name, value in given.items()
    )
    return WIDENED.format(filters=" and ".join(phrases)) if given else None


def listed_line(listing: Listing, quoted: int) -> str | None:
    """Return of how many articles the quotes and the names are; ``None`` where all are shown."""
    articles = count(listing.articles, "article")
    if listing.kind == "mentions":
        return None
    if listing.kind == "headlines":
        order = "the newest first" if listing.latest and quoted > 1 else ""
        some = f"{articles} in all" if quoted < listing.articles else ""
        said = ", ".join(filter(None, (some, order)))
        return f"{said[:1].upper()}{said[1:]}." if said else None
    if listing.kind == "people":
        people = "1 person" if listing.total == 1 else f"{listing.total:,} people"
        newest = f", looked for in the newest {listing.read:,}"
        return f"{people} named in {articles}{newest if listing.read < listing.articles else ''}."
    return f"{count(listing.total, str(listing.kind).removesuffix('s'))} of {articles}."


def language_line(code: str | None) -> str | None:
    """Return that a question is in another language than all articles; ``None`` without a code."""
    return OTHER_LANGUAGE.format(language=language_name(code)) if code else None


def date_in_words(value: str | None) -> str:
    """Return an ISO date of any precision for reading: ``25 June 2023``, ``June 2023``, ``2023``.

    ``None`` gives ``undated``; what is not such a date comes back as it is.
    """
    if value is None:
        return UNDATED
    try:
        return PartialDate.parse(value).in_words()
    except ValueError:
        return value


def moment_in_words(value: str) -> str:
    """Return an ISO moment as ``22 November 2026, 05:14 UTC``; other text comes back as it is."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return f"{date_in_words(moment.date().isoformat())}, {moment:%H:%M} UTC"


def count(number: int, noun: str) -> str:
    """Return ``1 article`` or ``1,234 articles``; the plural only adds an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def imported(added: int, unverified: int) -> str:
    """Return what came of importing a notebook, in one line."""
    told = IMPORTED.format(added=count(added, "entry").replace("entrys", "entries"))
    return told + (UNVERIFIED_CAME.format(count=count(unverified, "quote")) if unverified else "")


def difference_line(here: str, there: str) -> str:
    """Return how the words of a draft differ from those of an article, one of them maybe empty."""
    if not here:
        return f"the article has “{there}”, the draft nothing"
    if not there:
        return f"the draft has “{here}”, the article nothing"
    return f"the draft has “{here}”, the article “{there}”"


def rebuilt(articles: int, encoded: int, seconds: float) -> str:
    """Return what a rebuild came to, in one line."""
    passages = count(encoded, "passage")
    return f"Rebuilt: {count(articles, 'article')}, {passages} encoded, {seconds:.1f} seconds."


def pace(per_second: float | None, seconds_left: float | None) -> str:
    """Return how fast a rebuild goes on and how long it will, as far as both are known."""
    told = [f"{per_second:,.1f} a second"] if per_second else []
    if seconds_left:
        minutes = round(seconds_left / 60)
        told.append(
            f"about {count(minutes, 'minute')} left" if minutes else "less than a minute left"
        )
    return ", ".join(told)


def added(came: AddedFiles) -> str:
    """Return what came of files that were added, in one line."""
    new = len(came.added) + len(came.beside)
    other = came.replaced + came.present + came.refused
    told = [f"Added {new} to the corpus."] if new or not other else []
    told += [f"Replaced {', '.join(came.replaced)}."] if came.replaced else []
    if came.beside:
        names = ", ".join(came.beside)
        told.append(f"Kept beside others of the same name: {names}; replace those if corrected.")
    if came.present:
        told.append(f"In the corpus already, not added again: {', '.join(came.present)}.")
    if came.refused:
        told.append(refused(came.refused))
    if new or came.replaced:
        told.append("Rebuild to have them answer.")
    return " ".join(told)


def refused(names: Sequence[str]) -> str:
    """Return that files of these names cannot be read, and what can be."""
    read = addable_endings().examples
    return f"Not added, of no kind that is read: {', '.join(names)}. Read are {read}."
