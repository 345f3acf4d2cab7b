-- Undo: drop trigger _900_audit_delete on commerce.permission; drop trigger _900_audit_insert on commerce.permission; drop trigger _900_audit_truncate on commerce.permission; drop trigger _900_audit_update on commerce.permission; drop function audit.tg_permission();
select audit.attach('commerce.permission');
