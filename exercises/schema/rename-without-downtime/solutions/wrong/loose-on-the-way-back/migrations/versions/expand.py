"""Both columns at once: a trigger carries what is written into the one over to the other."""

from alembic import op

revision = "expand"
down_revision = None


def upgrade():
    op.execute("ALTER TABLE members ADD COLUMN contact_email text")
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
    op.execute("UPDATE members SET contact_email = email")
    op.execute("ALTER TABLE members ALTER COLUMN contact_email SET NOT NULL")
    op.execute("ALTER TABLE members ADD CONSTRAINT members_one_contact UNIQUE (contact_email)")


def downgrade():
    op.execute("DROP TRIGGER members_same_email ON members")
    op.execute("DROP FUNCTION members_same_email")
    op.execute("ALTER TABLE members DROP COLUMN contact_email")
