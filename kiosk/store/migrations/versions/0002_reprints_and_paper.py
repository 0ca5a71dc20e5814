"""Who ordered a reprint and why; what is left of the roll of paper."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reprints",
        sa.Column("print_job_id", sa.Text(), nullable=False),
        sa.Column("ordered_at_ms", sa.Integer(), nullable=False),
        sa.Column("ordered_on", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["print_job_id"], ["print_jobs.print_job_id"], name="fk_reprints_print_job_id"),
        sa.PrimaryKeyConstraint("print_job_id", name="pk_reprints"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_rolls",
        sa.Column("printer", sa.Text(), nullable=False),
        sa.Column("changed_at_ms", sa.Integer(), nullable=False),
        sa.Column("length_mm", sa.Integer(), nullable=False),
        sa.Column("used_mm", sa.Integer(), nullable=False),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.CheckConstraint("used_mm >= 0 AND slips >= 0", name="counts_are_never_negative"),
        sa.PrimaryKeyConstraint("printer", name="pk_paper_rolls"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("paper_rolls")
    op.drop_table("reprints")
