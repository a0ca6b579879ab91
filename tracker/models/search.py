"""The search index: what can be found, when it was, and its words, which each database keeps in its own way.

Written and asked by `store.search` alone; the whole of it can be made again from the rows it points to.
"""

from sqlalchemy import DDL, BigInteger, CheckConstraint, event
from sqlmodel import Field

from tracker.models.base import IN_CODE_ORDER, Base, metadata


class SearchEntry(Base, table=True):
    """Something that can be found: a document, a campaign object, a campaign or an organisation.

    `place` holds its day, then what it is, then its number, so that newest first is the order of the key. `title`,
    `text` and `marks` are what was indexed, for FTS5 forgets words only when it is told them again; a document's text
    stands in its newest version and not here. `marks` are the words of its fields (`kind9letter`, `company9amazon`).
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        CheckConstraint(
            "coalesce(document_id, object_id, campaign_id, organization_id) IS NOT NULL", name="of_something"
        ),
    )
    place: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(max_length=40)
    document_id: int | None = Field(default=None, foreign_key="document.id", unique=True, ondelete="CASCADE")
    object_id: int | None = Field(default=None, foreign_key="campaign_object.id", unique=True, ondelete="CASCADE")
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", unique=True, ondelete="CASCADE")
    organization_id: int | None = Field(default=None, foreign_key="organization.id", unique=True, ondelete="CASCADE")
    title: str
    text: str = ""
    marks: str


class SearchWord(Base, table=True):
    """A word of some title: what a mistyped word may have meant."""

    __tablename__ = "search_word"
    word: str = Field(primary_key=True, sa_type=IN_CODE_ORDER)


_FTS5 = (
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "title, text, marks, content='', tokenize='porter unicode61 remove_diacritics 2')"
)
_TSVECTOR = (
    "CREATE TABLE search_index (place BIGINT NOT NULL, words TSVECTOR NOT NULL, "
    "CONSTRAINT pk_search_index PRIMARY KEY (place), "
    "CONSTRAINT fk_search_index_place_search_entry FOREIGN KEY (place) "
    "REFERENCES search_entry (place) ON DELETE CASCADE)"
)
_GIN = "CREATE INDEX ix_search_index_words ON search_index USING gin (words)"
_DROP = "DROP TABLE search_index"

# For databases made from the models alone; migration 0029 does the same.
for _dialect, _statements in {"sqlite": (_FTS5,), "postgresql": (_TSVECTOR, _GIN)}.items():
    for _statement in _statements:
        event.listen(metadata, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
event.listen(metadata, "before_drop", DDL(_DROP))  # type: ignore[no-untyped-call]
