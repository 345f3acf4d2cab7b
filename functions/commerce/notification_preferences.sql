-- Undo: drop trigger _010_identity on commerce.notification_preferences; drop trigger _120_updated_at on commerce.notification_preferences; drop trigger _900_audit_delete on commerce.notification_preferences; drop trigger _900_audit_insert on commerce.notification_preferences; drop trigger _900_audit_truncate on commerce.notification_preferences; drop trigger _900_audit_update on commerce.notification_preferences; drop function audit.tg_notification_preferences();
select internal.attach_identity('commerce.notification_preferences');
select internal.attach_updated_at('commerce.notification_preferences');

select audit.attach('commerce.notification_preferences');
