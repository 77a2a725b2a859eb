# The public names, each once: retriever/__init__.py loads them from here when they are first used.
from .batch.answering import (
    AnsweredRow as AnsweredRow,
)
from .batch.answering import (
    answer_questions as answer_questions,
)
from .batch.questions import (
    QuestionTable as QuestionTable,
)
from .batch.questions import (
    read_questions as read_questions,
)
from .batch.questions import (
    table_of as table_of,
)
from .batch.spreadsheets import TABLE_FORMATS as TABLE_FORMATS
from .building import (
    build as build,
)
from .building import (
    merge as merge,
)
from .catalogue.catalogue import Catalogue as Catalogue
from .catalogue.naming import display_name as display_name
from .corpus.adding import (
    AddableEndings as AddableEndings,
)
from .corpus.adding import (
    AddedFiles as AddedFiles,
)
from .corpus.adding import (
    add_to_corpus as add_to_corpus,
)
from .corpus.adding import (
    addable_endings as addable_endings,
)
from .drafts.checking import (
    LONGEST_DRAFT as LONGEST_DRAFT,
)
from .drafts.reading import (
    read_draft as read_draft,
)
from .drafts.verdicts import (
    TOLERATED as TOLERATED,
)
from .drafts.verdicts import (
    CheckedQuotation as CheckedQuotation,
)
from .drafts.verdicts import (
    DraftCheck as DraftCheck,
)
from .errors import (
    BuildCancelled as BuildCancelled,
)
from .errors import (
    CorpusError as CorpusError,
)
from .errors import (
    DatasetError as DatasetError,
)
from .errors import (
    DraftError as DraftError,
)
from .errors import (
    EncoderError as EncoderError,
)
from .errors import (
    IndexBusyError as IndexBusyError,
)
from .errors import (
    IndexDamagedError as IndexDamagedError,
)
from .errors import (
    IndexMissingError as IndexMissingError,
)
from .errors import (
    IndexStaleError as IndexStaleError,
)
from .errors import (
    IndexUnusableError as IndexUnusableError,
)
from .errors import (
    NotebookError as NotebookError,
)
from .errors import (
    QuestionError as QuestionError,
)
from .errors import (
    QuotidianError as QuotidianError,
)
from .errors import (
    SettingsError as SettingsError,
)
from .errors import (
    TableError as TableError,
)
from .exporters.formats import (
    EXPORT_FORMATS as EXPORT_FORMATS,
)
from .exporters.formats import (
    export as export,
)
from .exporters.mention_table import mention_rows as mention_rows
from .exporters.quote_forms import quote_forms as quote_forms
from .exporters.references import web_address as web_address
from .exporters.verification import (
    Verdict as Verdict,
)
from .exporters.verification import (
    verify_answer as verify_answer,
)
from .indexing.doctor import (
    Finding as Finding,
)
from .indexing.doctor import (
    examine as examine,
)
from .indexing.progress import (
    Progress as Progress,
)
from .indexing.progress import (
    Stage as Stage,
)
from .indexing.reporting import (
    BuildReport as BuildReport,
)
from .library import (
    Index as Index,
)
from .library import (
    open_configured as open_configured,
)
from .library import (
    open_index as open_index,
)
from .mentions.parsing import SYNTAX as SYNTAX
from .notebook.checking import CheckedQuote as CheckedQuote
from .notebook.checking import PinState as PinState
from .notebook.entries import Notebook as Notebook
from .notebook.entries import OwnNote as OwnNote
from .notebook.entries import PinnedQuote as PinnedQuote
from .notebook.entries import notebook_of as notebook_of
from .notebook.entries import plain_entry as plain_entry
from .notebook.entries import read_notebook as read_notebook
from .notebook.formats.document import NOTEBOOK_REMARKS as NOTEBOOK_REMARKS
from .notebook.formats.registry import NOTEBOOK_FORMATS as NOTEBOOK_FORMATS
from .notebook.formats.registry import export_notebook as export_notebook
from .notebook.notebooks import Notebooks as Notebooks
from .notebook.notebooks import ShownNotebook as ShownNotebook
from .query.question import MAX_CHARACTERS as MAX_CHARACTERS
from .records import (
    Answer as Answer,
)
from .records import (
    Article as Article,
)
from .records import (
    CatalogueEntry as CatalogueEntry,
)
from .records import (
    Cluster as Cluster,
)
from .records import (
    Coverage as Coverage,
)
from .records import (
    Disagreement as Disagreement,
)
from .records import (
    Failure as Failure,
)
from .records import (
    Filters as Filters,
)
from .records import (
    Footnote as Footnote,
)
from .records import (
    Hit as Hit,
)
from .records import (
    LedgerEntry as LedgerEntry,
)
from .records import (
    Listed as Listed,
)
from .records import (
    Listing as Listing,
)
from .records import (
    ListPage as ListPage,
)
from .records import (
    ListRequest as ListRequest,
)
from .records import (
    Mention as Mention,
)
from .records import (
    Mentions as Mentions,
)
from .records import (
    Message as Message,
)
from .records import (
    Outcome as Outcome,
)
from .records import (
    PartialDate as PartialDate,
)
from .records import (
    Passage as Passage,
)
from .records import (
    Print as Print,
)
from .records import (
    Published as Published,
)
from .records import (
    Quote as Quote,
)
from .records import (
    Scores as Scores,
)
from .records import (
    ShortAnswer as ShortAnswer,
)
from .records import (
    Span as Span,
)
from .records import (
    Tally as Tally,
)
from .records import (
    Version as Version,
)
from .records import (
    describe as describe,
)
from .records import (
    is_first as is_first,
)
from .records import (
    short_answers as short_answers,
)
from .settings import (
    Settings as Settings,
)
from .settings import (
    load_settings as load_settings,
)
