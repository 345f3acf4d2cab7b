-- Undo: drop trigger _010_identity on commerce.notification_preferences; drop trigger _120_updated_at on commerce.notification_preferences;
select internal.attach_identity('commerce.notification_preferences');
select internal.attach_updated_at('commerce.notification_preferences');
