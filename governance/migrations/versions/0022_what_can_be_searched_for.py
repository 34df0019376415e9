"""What can be searched for, and its words, folded, in the order of their code points."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sought",
        sa.Column("number", BIG_ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("of_id", sa.String(32), nullable=False),
        sa.Column("edition", sa.String(20), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("access", sa.String(20), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("place", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_sought")),
        sa.UniqueConstraint("kind", "of_id", "edition", name=op.f("uq_sought_kind_of_id_edition")),
    )
    op.create_index(op.f("ix_sought_at"), "sought", ["at"])
    op.create_index(op.f("ix_sought_owner"), "sought", ["owner"])
    op.create_table(
        "sought_word",
        sa.Column("word", WORD, nullable=False),
        sa.Column("number", BIG_ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["number"], ["sought.number"], name=op.f("fk_sought_word_number")),
        sa.PrimaryKeyConstraint("word", "number", name=op.f("pk_sought_word")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sought_word_number"), "sought_word", ["number"])


def downgrade() -> None:
    op.drop_table("sought_word")
    op.drop_table("sought")
