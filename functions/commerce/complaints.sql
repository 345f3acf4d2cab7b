-- Undo: drop trigger _010_identity on commerce.complaints; drop trigger _100_version on commerce.complaints; drop trigger _110_version_required on commerce.complaints; drop trigger _300_transition_status on commerce.complaints; drop trigger _900_audit_delete on commerce.complaints; drop trigger _900_audit_insert on commerce.complaints; drop trigger _900_audit_truncate on commerce.complaints; drop trigger _900_audit_update on commerce.complaints; drop function audit.tg_complaints();
select internal.attach_identity('commerce.complaints');
select internal.attach_version('commerce.complaints');
select internal.attach_state_machine('commerce.complaints', 'status');

select audit.attach('commerce.complaints');
