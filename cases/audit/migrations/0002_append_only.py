"""The database itself keeps the history: no event is deleted, and none is changed but for `notified_at`."""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_auditevent
    BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END
    """,
    """
    CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditevent
    WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.verb IS NOT OLD.verb
      OR NEW.actor_id IS NOT OLD.actor_id OR NEW.actor_name IS NOT OLD.actor_name
      OR NEW.subject_type IS NOT OLD.subject_type OR NEW.subject_id IS NOT OLD.subject_id
      OR NEW.object_type IS NOT OLD.object_type OR NEW.object_id IS NOT OLD.object_id
      OR NEW.area_code IS NOT OLD.area_code OR NEW.data IS NOT OLD.data OR NEW.request_id IS NOT OLD.request_id
    BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'notified_at' = to_jsonb(OLD) - 'notified_at' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'audit events are append-only';
    END $$
    """,
    """
    CREATE TRIGGER audit_rows BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_append_only()
    """,
    """
    CREATE TRIGGER audit_table BEFORE TRUNCATE ON audit_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()
    """,
]
UNDO = {
    "sqlite": ["DROP TRIGGER audit_no_delete", "DROP TRIGGER audit_no_update"],
    "postgresql": [
        "DROP TRIGGER audit_rows ON audit_auditevent",
        "DROP TRIGGER audit_table ON audit_auditevent",
        "DROP FUNCTION audit_append_only()",
    ],
}


def install(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
