-- Undo: drop trigger _010_identity on commerce.order_return_items; drop trigger _120_updated_at on commerce.order_return_items; drop trigger _900_audit_delete on commerce.order_return_items; drop trigger _900_audit_insert on commerce.order_return_items; drop trigger _900_audit_truncate on commerce.order_return_items; drop trigger _900_audit_update on commerce.order_return_items; drop function audit.tg_order_return_items();
select internal.attach_identity('commerce.order_return_items');
select internal.attach_updated_at('commerce.order_return_items');

select audit.attach('commerce.order_return_items');
