"""The record, people, and signing in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _code()
    _deadline()
    _entry()
    _outbox()
    _person()
    _rulebook_version()
    _sealed()
    _series()
    _wakeup()
    _work()
    _grant()
    _holding()
    _signin()


def downgrade() -> None:
    op.drop_table("signin")
    op.drop_table("holding")
    op.drop_table("grant")
    op.drop_table("work")
    op.drop_table("wakeup")
    op.drop_table("series")
    op.drop_table("sealed")
    op.drop_table("rulebook_version")
    op.drop_table("person")
    op.drop_table("outbox")
    op.drop_table("entry")
    op.drop_table("deadline")
    op.drop_table("code")


def _code() -> None:
    op.create_table(
        "code",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=True),
        sa.Column("invitation_id", sa.String(32), nullable=True),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
    )


def _deadline() -> None:
    op.create_table(
        "deadline",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner_kind", sa.String(40), nullable=False),
        sa.Column("owner_id", sa.String(32), nullable=False),
        sa.Column("event", sa.String(60), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("working", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint(
            "owner_kind", "owner_id", "event", name=op.f("uq_deadline_owner_kind_owner_id_event")
        ),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_is_open"), ["is_open"], unique=False)


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("chain", sa.String(80), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(32), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("prev", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("chain", "seq", name=op.f("uq_entry_chain_seq")),
        sa.UniqueConstraint("hash", name=op.f("uq_entry_hash")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_actor"), ["actor"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_kind"), ["kind"], unique=False)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("template", sa.String(60), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=True),
        sa.Column("stuck_because", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_subject_id"), ["subject_id"], unique=False)


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("family_name", sa.String(120), nullable=False),
        sa.Column("given_names", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("sex", sa.String(1), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("nationality", sa.String(3), nullable=True),
        sa.Column("duty_station", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_email"), ["email"], unique=True)


def _rulebook_version() -> None:
    op.create_table(
        "rulebook_version",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("organisation", sa.String(60), nullable=False),
        sa.Column("canonical", sa.LargeBinary(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_rulebook_version")),
    )
    with op.batch_alter_table("rulebook_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rulebook_version_loaded_at"), ["loaded_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rulebook_version_organisation"), ["organisation"], unique=False
        )


def _sealed() -> None:
    op.create_table(
        "sealed",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("file", sa.String(80), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed")),
    )
    with op.batch_alter_table("sealed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_file"), ["file"], unique=False)


def _series() -> None:
    op.create_table(
        "series",
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_series")),
    )


def _wakeup() -> None:
    op.create_table(
        "wakeup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wakeup")),
    )


def _work() -> None:
    op.create_table(
        "work",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("due_seq", sa.Integer(), nullable=False),
        sa.Column("done_seq", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stuck_because", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_work")),
    )


def _grant() -> None:
    op.create_table(
        "grant",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_grant_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.UniqueConstraint("person_id", "role", name=op.f("uq_grant_person_id_role")),
    )
    with op.batch_alter_table("grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grant_person_id"), ["person_id"], unique=False)


def _holding() -> None:
    op.create_table(
        "holding",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("office", sa.String(60), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("facts", JSON, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_holding_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
    )
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holding_office"), ["office"], unique=False)
        batch_op.create_index(batch_op.f("ix_holding_person_id"), ["person_id"], unique=False)


def _signin() -> None:
    op.create_table(
        "signin",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("invitation_id", sa.String(32), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signin_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signin")),
        sa.UniqueConstraint("token", name=op.f("uq_signin_token")),
    )
    with op.batch_alter_table("signin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signin_person_id"), ["person_id"], unique=False)
