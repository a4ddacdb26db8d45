"""What rules refused lately, for support."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

expands = True
loses = "the people that rules have refused lately, and the counts of refusals"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "refusals",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("refused_on", sa.Date(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("trn", sa.Text()),
        sa.Column("school_id", Number, sa.ForeignKey("schools.id")),
        sa.Column("user_id", sa.Text()),
        sa.CheckConstraint("length(rule) BETWEEN 1 AND 100", name="rule_length"),
        sa.CheckConstraint("role IN ('ect', 'mentor')", name="role_known"),
        sa.CheckConstraint("length(trn) BETWEEN 7 AND 7", name="trn_length"),
        sa.CheckConstraint("ltrim(trn, '0123456789') = ''", name="trn_digits"),
        sa.CheckConstraint("length(user_id) BETWEEN 1 AND 255", name="user_id_length"),
        sa.CheckConstraint(
            "(trn IS NULL) = (school_id IS NULL) AND (trn IS NULL) = (user_id IS NULL)",
            name="of_a_person_or_counted",
        ),
        sa.UniqueConstraint("trn", "refused_on", "rule", "role", "school_id", "user_id"),
        sa.Index(None, "refused_on"),
        sa.Index(None, "school_id"),
    )


def downgrade() -> None:
    op.drop_table("refusals")
