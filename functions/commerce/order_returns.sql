-- Undo: drop trigger _010_identity on commerce.order_returns; drop trigger _100_version on commerce.order_returns; drop trigger _110_version_required on commerce.order_returns; drop trigger _120_updated_at on commerce.order_returns; drop trigger _300_transition_status on commerce.order_returns; drop trigger _400_currency_scale on commerce.order_returns; drop trigger _900_audit_delete on commerce.order_returns; drop trigger _900_audit_insert on commerce.order_returns; drop trigger _900_audit_truncate on commerce.order_returns; drop trigger _900_audit_update on commerce.order_returns; drop function audit.tg_order_returns();
select internal.attach_identity('commerce.order_returns');
select internal.attach_version('commerce.order_returns');
select internal.attach_updated_at('commerce.order_returns');
select internal.attach_state_machine('commerce.order_returns', 'status');

select internal.attach_currency_scale('commerce.order_returns', 'refund_amount');

select audit.attach('commerce.order_returns');
