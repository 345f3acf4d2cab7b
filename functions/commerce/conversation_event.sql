-- Undo: drop trigger _000_append_only on commerce.conversation_event; drop trigger _000_append_only_truncate on commerce.conversation_event; drop trigger _010_identity on commerce.conversation_event;
select internal.attach_append_only('commerce.conversation_event');
select internal.attach_identity('commerce.conversation_event');
