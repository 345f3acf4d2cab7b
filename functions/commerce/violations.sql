-- Undo: drop trigger _010_identity on commerce.violations; drop trigger _120_updated_at on commerce.violations; drop trigger _300_transition_status on commerce.violations; drop trigger _900_audit_delete on commerce.violations; drop trigger _900_audit_insert on commerce.violations; drop trigger _900_audit_truncate on commerce.violations; drop trigger _900_audit_update on commerce.violations; drop function audit.tg_violations();
select internal.attach_identity('commerce.violations');
select internal.attach_updated_at('commerce.violations');
select internal.attach_state_machine('commerce.violations', 'status');

select audit.attach('commerce.violations');
