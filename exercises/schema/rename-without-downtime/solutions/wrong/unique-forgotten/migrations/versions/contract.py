"""The old column goes, and with it what kept the two alike."""

from alembic import op

revision = "contract"
down_revision = "expand"


def upgrade():
    op.execute("DROP TRIGGER members_same_email ON members")
    op.execute("DROP FUNCTION members_same_email")
    op.execute("ALTER TABLE members DROP COLUMN email")


def downgrade():
    op.execute("ALTER TABLE members ADD COLUMN email text UNIQUE")
    op.execute("UPDATE members SET email = contact_email")
    op.execute("ALTER TABLE members ALTER COLUMN email SET NOT NULL")
    op.execute("""
        CREATE FUNCTION members_same_email() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                NEW.contact_email := coalesce(NEW.contact_email, NEW.email);
                NEW.email := NEW.contact_email;
            ELSIF NEW.contact_email IS DISTINCT FROM OLD.contact_email THEN
                NEW.email := NEW.contact_email;
            ELSE
                NEW.contact_email := NEW.email;
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER members_same_email BEFORE INSERT OR UPDATE ON members
        FOR EACH ROW EXECUTE FUNCTION members_same_email()
    """)
