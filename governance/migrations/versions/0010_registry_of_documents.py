"""The registry: documents from draft to delivery; what was issued never changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

PAPER_STATES = (
    "'drafted', 'reviewed', 'approved', 'issued', 'delivered', 'acknowledged', 'superseded', "
    "'annulled', 'discarded'"
)
BUNDLE_STATES = "'gathered', 'put', 'issuing', 'done', 'returned'"
# Erasure may delete an issue with its file when the law says so; nothing may edit it.
REFUSED = ("paper_issue", "paper_version", "template_set")


def upgrade() -> None:
    _bundle()
    _template_set()
    _paper()
    _paper_version()
    _paper_issue()
    _paper_delivery()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in REFUSED:
        if on_sqlite:
            op.execute(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN "
                f"SELECT RAISE(ABORT, '{table}: UPDATE is refused, something newer supersedes'); END"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION is_refused()"
            )


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in REFUSED:
        op.execute(f"DROP TRIGGER {table}_no_update" + ("" if on_sqlite else f" ON {table}"))
    for table in ("paper_delivery", "paper_issue", "paper_version", "paper"):
        op.drop_table(table)
    op.drop_table("template_set")
    op.drop_table("bundle")


def _bundle() -> None:
    op.create_table(
        "bundle",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(32), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            f"state IN ({BUNDLE_STATES})", name=op.f("ck_bundle_state_is_of_the_lifecycle")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
        sa.UniqueConstraint("key", name=op.f("uq_bundle_key")),
    )
    with op.batch_alter_table("bundle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bundle_state"), ["state"], unique=False)


def _template_set() -> None:
    op.create_table(
        "template_set",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_template_set")),
    )


def _paper() -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner_kind", sa.String(40), nullable=False),
        sa.Column("owner_id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("facts", sa.String(32), nullable=False),
        sa.Column("addressee_id", sa.String(32), nullable=True),
        sa.Column("bundle_id", sa.String(32), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(80), nullable=False),
        sa.Column("drafted_by", sa.String(32), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by", sa.String(32), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(500), nullable=False),
        sa.Column("superseded_by", sa.String(32), nullable=True),
        sa.CheckConstraint(
            f"state IN ({PAPER_STATES})", name=op.f("ck_paper_state_is_of_the_lifecycle")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint(
            "owner_kind", "owner_id", "key", name=op.f("uq_paper_owner_kind_owner_id_key")
        ),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        for column in ("addressee_id", "bundle_id", "kind", "number", "owner_id", "state"):
            batch_op.create_index(batch_op.f(f"ix_paper_{column}"), [column], unique=False)


def _paper_version() -> None:
    op.create_table(
        "paper_version",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("paper_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("facts", sa.String(32), nullable=False),
        sa.Column("made_by", sa.String(32), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_paper_version_paper_id_paper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_version")),
        sa.UniqueConstraint("paper_id", "version", name=op.f("uq_paper_version_paper_id_version")),
    )
    with op.batch_alter_table("paper_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_version_paper_id"), ["paper_id"], unique=False)


def _paper_issue() -> None:
    op.create_table(
        "paper_issue",
        sa.Column("paper_id", sa.String(32), nullable=False),
        sa.Column("number", sa.String(80), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("record_sha256", sa.String(64), nullable=False),
        sa.Column("record_length", sa.Integer(), nullable=False),
        sa.Column("facts", sa.String(32), nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("templates", sa.String(64), nullable=False),
        sa.Column("provenance", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_paper_issue_paper_id_paper")
        ),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_paper_issue")),
        sa.UniqueConstraint("number", name=op.f("uq_paper_issue_number")),
        sa.UniqueConstraint("sha256", name=op.f("uq_paper_issue_sha256")),
    )
    with op.batch_alter_table("paper_issue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_issue_templates"), ["templates"], unique=False)


def _paper_delivery() -> None:
    op.create_table(
        "paper_delivery",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("paper_id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=True),
        sa.Column("to", sa.String(200), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_paper_delivery_paper_id_paper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_delivery")),
        sa.UniqueConstraint("paper_id", "key", name=op.f("uq_paper_delivery_paper_id_key")),
    )
    with op.batch_alter_table("paper_delivery", schema=None) as batch_op:
        for column in ("paper_id", "person_id"):
            batch_op.create_index(batch_op.f(f"ix_paper_delivery_{column}"), [column], unique=False)
