-- Undo: drop trigger _000_append_only on commerce.order_status_history; drop trigger _000_append_only_truncate on commerce.order_status_history; drop trigger _010_identity on commerce.order_status_history;
select internal.attach_append_only('commerce.order_status_history');
select internal.attach_identity('commerce.order_status_history');
