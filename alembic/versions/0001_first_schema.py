"""The first schema: every table of the house.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "house",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mail_domain", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("rhythm_days", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_to", sa.Time(), nullable=False),
        sa.Column("hold_hours", sa.Integer(), nullable=False),
        sa.Column("retention_months", sa.Integer(), nullable=False),
        sa.Column("no_holds_days", sa.Integer(), nullable=False),
        sa.Column("later_days", sa.Integer(), nullable=False),
        sa.Column("says_tu", sa.Boolean(), nullable=False),
        sa.Column("legitimate_interest_for", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_house_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pseudonym", sa.Uuid(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "given",
                "renewed",
                "withdrawn",
                "objected",
                "imported_evidence",
                "legitimate_interest",
                "notice_shown",
                "erased",
                name="act",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "purpose",
            sa.Enum("pool", "survey", "event", name="purpose", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "consent",
                "legitimate-interest",
                "none",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("notice_version", sa.Integer(), nullable=True),
        sa.Column("notice_locale", sa.String(), nullable=True),
        sa.Column("notice_hash", sa.String(), nullable=False),
        sa.Column("interface", sa.String(), nullable=False),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("prev", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_ledger_entry_hash")),
    )
    op.create_index(op.f("ix_ledger_entry_pseudonym"), "ledger_entry", ["pseudonym"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("pool", "survey", "event", name="purpose", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("purpose", "version", "locale", name=op.f("uq_notice_purpose_version_locale")),
    )
    op.create_table(
        "rate_count",
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("window", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "window", name=op.f("pk_rate_count")),
    )
    op.create_table(
        "sign_in_request",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_request")),
        sa.UniqueConstraint("browser_hash", name=op.f("uq_sign_in_request_browser_hash")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "recruiter",
                "admin",
                "dpo",
                "candidate",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    op.create_table(
        "suppression",
        sa.Column("address_hash", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_suppression")),
    )
    op.create_table(
        "talent",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("pseudonym", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column(
            "address_form",
            sa.Enum(
                "neutral",
                "feminine",
                "masculine",
                name="addressform",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("job_code", sa.String(), nullable=True),
        sa.Column("job_text", sa.String(), nullable=False),
        sa.Column("does", sa.String(), nullable=False),
        sa.Column(
            "experience",
            sa.Enum(
                "junior",
                "confirmed",
                "senior",
                "expert",
                name="experience",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("contracts", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("interests", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("environments", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("salary_floor", sa.Integer(), nullable=True),
        sa.Column(
            "availability",
            sa.Enum(
                "now",
                "from_date",
                "notice",
                "not_looking",
                name="availability",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("place_code", sa.String(), nullable=True),
        sa.Column("place_name", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("ux", sa.Float(), nullable=True),
        sa.Column("uy", sa.Float(), nullable=True),
        sa.Column("uz", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Integer(), nullable=True),
        sa.Column("mobility_c2", sa.Float(), nullable=True),
        sa.Column("regions", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column(
            "remote",
            sa.Enum("none", "some", "full", name="remote", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("rhythm_days", sa.Integer(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column(
            "source_kind",
            sa.Enum(
                "application",
                "portal",
                "referral",
                "linkedin",
                "event",
                "ats_export",
                "other",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("collected_on", sa.Date(), nullable=False),
        sa.Column("last_act_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_letter_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_answer", sa.String(), nullable=True),
        sa.Column("last_answer_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_reason", sa.String(), nullable=True),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("do_not_contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talent")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_talent_pseudonym")),
    )
    op.create_index("ix_talent_job_code", "talent", ["job_code"], unique=False)
    op.create_index("ix_talent_name_key", "talent", ["name_key"], unique=False)
    op.create_index("ix_talent_phone", "talent", ["phone"], unique=False)
    op.create_index("ix_talent_place", "talent", ["lat", "lon"], unique=False)
    op.create_index(
        "ix_talent_words", "talent", ["interests", "environments", "contracts"], unique=False, postgresql_using="gin"
    )
    op.create_index("uq_talent_email", "talent", ["email"], unique=True, postgresql_where=sa.text("erased_at IS NULL"))
    op.create_table(
        "chain",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_chain_owner_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain")),
    )
    op.create_index(op.f("ix_chain_owner_id"), "chain", ["owner_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("pool", "survey", "event", name="purpose", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "consent",
                "legitimate-interest",
                "none",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum(
                "given", "withdrawn", "none", name="standing", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("notice_id", sa.BigInteger(), nullable=True),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entry", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_consent_notice_id_notice")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_consent_talent_id_talent")),
        sa.PrimaryKeyConstraint("talent_id", "purpose", name=op.f("pk_consent")),
    )
    op.create_table(
        "gate_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "security",
                "service",
                "follow_up",
                "contact",
                "notice",
                "re_consent",
                name="letterkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum("go", "wait", "never", name="verdict", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "objection",
            sa.Enum(
                "person",
                "basis",
                "already_asked",
                "answers",
                "rhythm",
                "hours",
                name="check",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("because", sa.String(), nullable=True),
        sa.Column("params", postgresql.JSONB(), nullable=False),
        sa.Column("request", postgresql.JSONB(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "recipient",
            sa.Text(),
            sa.Computed(
                "CASE WHEN talent_id IS NOT NULL THEN 'talent:' || talent_id ELSE 'staff:' || staff_id END",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("(talent_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_gate_decision_one_recipient")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_gate_decision_staff_id_staff")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_gate_decision_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_decision")),
        sa.UniqueConstraint(
            "id", "letter_id", "recipient", "verdict", name=op.f("uq_gate_decision_id_letter_id_recipient_verdict")
        ),
    )
    op.create_index("ix_gate_decision_letter_id", "gate_decision", ["letter_id"], unique=False)
    op.create_index("ix_gate_decision_talent_id_at", "gate_decision", ["talent_id", "at"], unique=False)
    op.create_table(
        "import_run",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("mapping", postgresql.JSONB(), nullable=False),
        sa.Column(
            "source_kind",
            sa.Enum(
                "application",
                "portal",
                "referral",
                "linkedin",
                "event",
                "ats_export",
                "other",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("source_text", sa.String(), nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("strict", sa.Boolean(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_import_run_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_staff_id"), "import_run", ["staff_id"], unique=False)
    op.create_table(
        "ledger_evidence",
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("personal", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["ledger_entry.seq"], name=op.f("fk_ledger_evidence_seq_ledger_entry")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_ledger_evidence_talent_id_talent")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger_evidence")),
    )
    op.create_index(op.f("ix_ledger_evidence_talent_id"), "ledger_evidence", ["talent_id"], unique=False)
    op.create_table(
        "opportunity",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("job_code", sa.String(), nullable=True),
        sa.Column("place_code", sa.String(), nullable=True),
        sa.Column("place_name", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column(
            "contract",
            sa.Enum(
                "cdi",
                "cdd",
                "interim",
                "freelance",
                "apprenticeship",
                "internship",
                name="contract",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("salary_min", sa.Integer(), nullable=True),
        sa.Column("salary_max", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column(
            "remote",
            sa.Enum("none", "some", "full", name="remote", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column(
            "environment",
            sa.Enum(
                "hospital",
                "clinic",
                "care_home",
                "home_care",
                "school",
                "workshop",
                "factory",
                "building_site",
                "office",
                "warehouse",
                "on_the_road",
                "shop",
                "restaurant",
                "hotel",
                "lab",
                "outdoors",
                "startup",
                "small_business",
                "large_company",
                "public_service",
                "remote_team",
                name="environment",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("digest_fr", sa.String(), nullable=False),
        sa.Column("digest_en", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_opportunity_owner_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
    )
    op.create_index(op.f("ix_opportunity_owner_id"), "opportunity", ["owner_id"], unique=False)
    op.create_table(
        "segment",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_segment_owner_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
    )
    op.create_index(op.f("ix_segment_owner_id"), "segment", ["owner_id"], unique=False)
    op.create_table(
        "slot",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_slot_ends_after_start")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_slot_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("staff_id", "starts_at", name=op.f("uq_slot_staff_id_starts_at")),
    )
    op.create_table(
        "survey",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("title_fr", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("questions", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_survey_owner_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
    )
    op.create_index(op.f("ix_survey_owner_id"), "survey", ["owner_id"], unique=False)
    op.create_table(
        "timeline_event",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_reason", sa.String(), nullable=True),
        sa.Column("params", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_timeline_event_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline_event")),
    )
    op.create_index("ix_timeline_event_talent_id_at", "timeline_event", ["talent_id", "at"], unique=False)
    op.create_table(
        "web_session",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("talent_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_web_session_staff_id_staff")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_web_session_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_session_token_hash")),
    )
    op.create_index(op.f("ix_web_session_staff_id"), "web_session", ["staff_id"], unique=False)
    op.create_index(op.f("ix_web_session_talent_id"), "web_session", ["talent_id"], unique=False)
    op.create_table(
        "chain_version",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("chain_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition", postgresql.JSONB(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_chain_version_author_id_staff")),
        sa.ForeignKeyConstraint(["chain_id"], ["chain.id"], name=op.f("fk_chain_version_chain_id_chain")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_version")),
        sa.UniqueConstraint("chain_id", "number", name=op.f("uq_chain_version_chain_id_number")),
    )
    op.create_index(op.f("ix_chain_version_author_id"), "chain_version", ["author_id"], unique=False)
    op.create_table(
        "conversation",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("follow_ups_stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_conversation_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_conversation_owner_id_staff")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_conversation_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    op.create_index(op.f("ix_conversation_opportunity_id"), "conversation", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_conversation_owner_id"), "conversation", ["owner_id"], unique=False)
    op.create_index(op.f("ix_conversation_talent_id"), "conversation", ["talent_id"], unique=False)
    op.create_index(
        "uq_conversation_open",
        "conversation",
        ["talent_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "application",
                "portal",
                "referral",
                "linkedin",
                "event",
                "ats_export",
                "other",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_source_import_id_import_run")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_source_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_index(op.f("ix_source_import_id"), "source", ["import_id"], unique=False)
    op.create_index(op.f("ix_source_talent_id"), "source", ["talent_id"], unique=False)
    op.create_table(
        "timeline_words",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("words", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["timeline_event.id"], name=op.f("fk_timeline_words_event_id_timeline_event")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_timeline_words")),
    )
    op.create_table(
        "launch",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("segment_id", sa.BigInteger(), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "running",
                "paused",
                "stopped",
                "done",
                name="launchstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_launch_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_launch_owner_id_staff")),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_launch_segment_id_segment")),
        sa.ForeignKeyConstraint(["version_id"], ["chain_version.id"], name=op.f("fk_launch_version_id_chain_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_launch")),
    )
    op.create_index(op.f("ix_launch_opportunity_id"), "launch", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_launch_owner_id"), "launch", ["owner_id"], unique=False)
    op.create_index(op.f("ix_launch_segment_id"), "launch", ["segment_id"], unique=False)
    op.create_index(op.f("ix_launch_version_id"), "launch", ["version_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_talent", sa.Boolean(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_message_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_message_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(op.f("ix_message_conversation_id"), "message", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_message_talent_id"), "message", ["talent_id"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("launch_id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due", "asked", "ended", name="enrolmentstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("blocked_by", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["launch_id"], ["launch.id"], name=op.f("fk_enrolment_launch_id_launch")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_enrolment_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("launch_id", "talent_id", name=op.f("uq_enrolment_launch_id_talent_id")),
    )
    op.create_index(
        "ix_enrolment_due", "enrolment", ["due_at"], unique=False, postgresql_where=sa.text("state IN ('due', 'asked')")
    )
    op.create_index(op.f("ix_enrolment_talent_id"), "enrolment", ["talent_id"], unique=False)
    op.create_table(
        "survey_response",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("launch_id", sa.BigInteger(), nullable=True),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["launch_id"], ["launch.id"], name=op.f("fk_survey_response_launch_id_launch")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_response_survey_id_survey")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_survey_response_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_response")),
        sa.UniqueConstraint("survey_id", "talent_id", name=op.f("uq_survey_response_survey_id_talent_id")),
    )
    op.create_index(op.f("ix_survey_response_launch_id"), "survey_response", ["launch_id"], unique=False)
    op.create_index(op.f("ix_survey_response_talent_id"), "survey_response", ["talent_id"], unique=False)
    op.create_table(
        "ask",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=True),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("survey_id", sa.BigInteger(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column(
            "question",
            sa.Enum(
                "still_looking",
                "opportunity",
                "digest",
                "slots",
                "survey",
                name="question",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "yes", "more_info", "no", "later", name="answer", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "too_far",
                "salary",
                "timing",
                "project",
                "contract",
                "other",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("later_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_ask_enrolment_id_enrolment")),
        sa.ForeignKeyConstraint(["opportunity_id"], ["opportunity.id"], name=op.f("fk_ask_opportunity_id_opportunity")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_ask_owner_id_staff")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_ask_survey_id_survey")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_ask_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask")),
    )
    op.create_index(op.f("ix_ask_enrolment_id"), "ask", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_ask_letter_id"), "ask", ["letter_id"], unique=False)
    op.create_index(op.f("ix_ask_opportunity_id"), "ask", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_ask_owner_id"), "ask", ["owner_id"], unique=False)
    op.create_index(op.f("ix_ask_survey_id"), "ask", ["survey_id"], unique=False)
    op.create_index("ix_ask_talent_id_asked_at", "ask", ["talent_id", "asked_at"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("conversation_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "security",
                "service",
                "follow_up",
                "contact",
                "notice",
                "re_consent",
                name="letterkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("blocks", postgresql.JSONB(), nullable=False),
        sa.Column("links", postgresql.JSONB(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sending",
                "sent",
                "failed",
                "unknown",
                "cancelled",
                name="letterstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column(
            "recipient",
            sa.Text(),
            sa.Computed(
                "CASE WHEN talent_id IS NOT NULL THEN 'talent:' || talent_id ELSE 'staff:' || staff_id END",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("must_be", sa.Text(), sa.Computed("'go'", persisted=True), nullable=False),
        sa.CheckConstraint("(talent_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_letter_one_recipient")),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_letter_author_id_staff")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_letter_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id", "id", "recipient", "must_be"],
            ["gate_decision.id", "gate_decision.letter_id", "gate_decision.recipient", "gate_decision.verdict"],
            name="fk_letter_go",
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_letter_enrolment_id_enrolment")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_letter_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_letter_staff_id_staff")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_letter_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    op.create_index(op.f("ix_letter_author_id"), "letter", ["author_id"], unique=False)
    op.create_index(op.f("ix_letter_conversation_id"), "letter", ["conversation_id"], unique=False)
    op.create_index(
        "ix_letter_due", "letter", ["not_before"], unique=False, postgresql_where=sa.text("state = 'queued'")
    )
    op.create_index(op.f("ix_letter_enrolment_id"), "letter", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_letter_opportunity_id"), "letter", ["opportunity_id"], unique=False)
    op.create_index("ix_letter_rhythm", "letter", ["talent_id", "queued_at"], unique=False)
    op.create_index(
        "ix_letter_sending", "letter", ["claimed_by"], unique=False, postgresql_where=sa.text("state = 'sending'")
    )
    op.create_index(op.f("ix_letter_staff_id"), "letter", ["staff_id"], unique=False)
    op.create_table(
        "answer_given",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("ask_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "yes", "more_info", "no", "later", name="answer", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "too_far",
                "salary",
                "timing",
                "project",
                "contract",
                "other",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("later_on", sa.Date(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_answer_given_ask_id_ask")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_given")),
    )
    op.create_index(op.f("ix_answer_given_ask_id"), "answer_given", ["ask_id"], unique=False)
    op.create_table(
        "booking",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("slot_id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("ask_id", sa.BigInteger(), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("calendar_uid", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_booking_ask_id_ask")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_booking_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_booking_slot_id_slot")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_booking_staff_id_staff")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_booking_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("calendar_uid", name=op.f("uq_booking_calendar_uid")),
    )
    op.create_index(op.f("ix_booking_ask_id"), "booking", ["ask_id"], unique=False)
    op.create_index(op.f("ix_booking_opportunity_id"), "booking", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_booking_staff_id"), "booking", ["staff_id"], unique=False)
    op.create_index(op.f("ix_booking_talent_id"), "booking", ["talent_id"], unique=False)
    op.create_index(
        "uq_booking_slot_id", "booking", ["slot_id"], unique=True, postgresql_where=sa.text("cancelled_at IS NULL")
    )
    op.create_table(
        "hold",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("slot_id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("ask_id", sa.BigInteger(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_hold_ask_id_ask")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_hold_slot_id_slot")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_hold_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(op.f("ix_hold_ask_id"), "hold", ["ask_id"], unique=False)
    op.create_index(op.f("ix_hold_talent_id"), "hold", ["talent_id"], unique=False)
    op.create_index(
        "uq_hold_slot_id", "hold", ["slot_id"], unique=True, postgresql_where=sa.text("released_at IS NULL")
    )
    op.create_table(
        "letter_link",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("talent_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "sign_in",
                "answer",
                "slots",
                "survey",
                "consent",
                "unsubscribe",
                name="linkpurpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("act", postgresql.JSONB(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_link_letter_id_letter")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_letter_link_staff_id_staff")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_letter_link_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_letter_link_token_hash")),
    )
    op.create_index(op.f("ix_letter_link_letter_id"), "letter_link", ["letter_id"], unique=False)
    op.create_index(op.f("ix_letter_link_staff_id"), "letter_link", ["staff_id"], unique=False)
    op.create_index(op.f("ix_letter_link_talent_id"), "letter_link", ["talent_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_letter_link_talent_id"), table_name="letter_link")
    op.drop_index(op.f("ix_letter_link_staff_id"), table_name="letter_link")
    op.drop_index(op.f("ix_letter_link_letter_id"), table_name="letter_link")
    op.drop_table("letter_link")
    op.drop_index("uq_hold_slot_id", table_name="hold", postgresql_where=sa.text("released_at IS NULL"))
    op.drop_index(op.f("ix_hold_talent_id"), table_name="hold")
    op.drop_index(op.f("ix_hold_ask_id"), table_name="hold")
    op.drop_table("hold")
    op.drop_index("uq_booking_slot_id", table_name="booking", postgresql_where=sa.text("cancelled_at IS NULL"))
    op.drop_index(op.f("ix_booking_talent_id"), table_name="booking")
    op.drop_index(op.f("ix_booking_staff_id"), table_name="booking")
    op.drop_index(op.f("ix_booking_opportunity_id"), table_name="booking")
    op.drop_index(op.f("ix_booking_ask_id"), table_name="booking")
    op.drop_table("booking")
    op.drop_index(op.f("ix_answer_given_ask_id"), table_name="answer_given")
    op.drop_table("answer_given")
    op.drop_index(op.f("ix_letter_staff_id"), table_name="letter")
    op.drop_index("ix_letter_sending", table_name="letter", postgresql_where=sa.text("state = 'sending'"))
    op.drop_index("ix_letter_rhythm", table_name="letter")
    op.drop_index(op.f("ix_letter_opportunity_id"), table_name="letter")
    op.drop_index(op.f("ix_letter_enrolment_id"), table_name="letter")
    op.drop_index("ix_letter_due", table_name="letter", postgresql_where=sa.text("state = 'queued'"))
    op.drop_index(op.f("ix_letter_conversation_id"), table_name="letter")
    op.drop_index(op.f("ix_letter_author_id"), table_name="letter")
    op.drop_table("letter")
    op.drop_index("ix_ask_talent_id_asked_at", table_name="ask")
    op.drop_index(op.f("ix_ask_survey_id"), table_name="ask")
    op.drop_index(op.f("ix_ask_owner_id"), table_name="ask")
    op.drop_index(op.f("ix_ask_opportunity_id"), table_name="ask")
    op.drop_index(op.f("ix_ask_letter_id"), table_name="ask")
    op.drop_index(op.f("ix_ask_enrolment_id"), table_name="ask")
    op.drop_table("ask")
    op.drop_index(op.f("ix_survey_response_talent_id"), table_name="survey_response")
    op.drop_index(op.f("ix_survey_response_launch_id"), table_name="survey_response")
    op.drop_table("survey_response")
    op.drop_index(op.f("ix_enrolment_talent_id"), table_name="enrolment")
    op.drop_index("ix_enrolment_due", table_name="enrolment", postgresql_where=sa.text("state IN ('due', 'asked')"))
    op.drop_table("enrolment")
    op.drop_index(op.f("ix_message_talent_id"), table_name="message")
    op.drop_index(op.f("ix_message_conversation_id"), table_name="message")
    op.drop_table("message")
    op.drop_index(op.f("ix_launch_version_id"), table_name="launch")
    op.drop_index(op.f("ix_launch_segment_id"), table_name="launch")
    op.drop_index(op.f("ix_launch_owner_id"), table_name="launch")
    op.drop_index(op.f("ix_launch_opportunity_id"), table_name="launch")
    op.drop_table("launch")
    op.drop_table("timeline_words")
    op.drop_index(op.f("ix_source_talent_id"), table_name="source")
    op.drop_index(op.f("ix_source_import_id"), table_name="source")
    op.drop_table("source")
    op.drop_index("uq_conversation_open", table_name="conversation", postgresql_where=sa.text("closed_at IS NULL"))
    op.drop_index(op.f("ix_conversation_talent_id"), table_name="conversation")
    op.drop_index(op.f("ix_conversation_owner_id"), table_name="conversation")
    op.drop_index(op.f("ix_conversation_opportunity_id"), table_name="conversation")
    op.drop_table("conversation")
    op.drop_index(op.f("ix_chain_version_author_id"), table_name="chain_version")
    op.drop_table("chain_version")
    op.drop_index(op.f("ix_web_session_talent_id"), table_name="web_session")
    op.drop_index(op.f("ix_web_session_staff_id"), table_name="web_session")
    op.drop_table("web_session")
    op.drop_index("ix_timeline_event_talent_id_at", table_name="timeline_event")
    op.drop_table("timeline_event")
    op.drop_index(op.f("ix_survey_owner_id"), table_name="survey")
    op.drop_table("survey")
    op.drop_table("slot")
    op.drop_index(op.f("ix_segment_owner_id"), table_name="segment")
    op.drop_table("segment")
    op.drop_index(op.f("ix_opportunity_owner_id"), table_name="opportunity")
    op.drop_table("opportunity")
    op.drop_index(op.f("ix_ledger_evidence_talent_id"), table_name="ledger_evidence")
    op.drop_table("ledger_evidence")
    op.drop_index(op.f("ix_import_run_staff_id"), table_name="import_run")
    op.drop_table("import_run")
    op.drop_index("ix_gate_decision_talent_id_at", table_name="gate_decision")
    op.drop_index("ix_gate_decision_letter_id", table_name="gate_decision")
    op.drop_table("gate_decision")
    op.drop_table("consent")
    op.drop_index(op.f("ix_chain_owner_id"), table_name="chain")
    op.drop_table("chain")
    op.drop_index("uq_talent_email", table_name="talent", postgresql_where=sa.text("erased_at IS NULL"))
    op.drop_index("ix_talent_words", table_name="talent", postgresql_using="gin")
    op.drop_index("ix_talent_place", table_name="talent")
    op.drop_index("ix_talent_phone", table_name="talent")
    op.drop_index("ix_talent_name_key", table_name="talent")
    op.drop_index("ix_talent_job_code", table_name="talent")
    op.drop_table("talent")
    op.drop_table("suppression")
    op.drop_table("staff")
    op.drop_table("sign_in_request")
    op.drop_table("rate_count")
    op.drop_table("notice")
    op.drop_index(op.f("ix_ledger_entry_pseudonym"), table_name="ledger_entry")
    op.drop_table("ledger_entry")
    op.drop_table("house")
