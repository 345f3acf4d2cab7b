-- Undo: drop trigger _010_identity on commerce.conversation_thread; drop trigger _100_version on commerce.conversation_thread; drop trigger _110_version_required on commerce.conversation_thread; drop trigger _120_updated_at on commerce.conversation_thread; drop trigger _300_transition_status on commerce.conversation_thread; drop trigger _900_audit_delete on commerce.conversation_thread; drop trigger _900_audit_insert on commerce.conversation_thread; drop trigger _900_audit_truncate on commerce.conversation_thread; drop trigger _900_audit_update on commerce.conversation_thread; drop function audit.tg_conversation_thread();
select internal.attach_identity('commerce.conversation_thread');
select internal.attach_version('commerce.conversation_thread');
select internal.attach_updated_at('commerce.conversation_thread');
select internal.attach_state_machine('commerce.conversation_thread', 'status');
select audit.attach('commerce.conversation_thread');
