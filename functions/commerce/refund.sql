-- Undo: drop trigger _010_identity on commerce.refund; drop trigger _120_updated_at on commerce.refund; drop trigger _300_transition_status on commerce.refund; drop trigger _500_order_payment on commerce.refund; drop trigger _400_currency_scale on commerce.refund; drop trigger _900_audit_delete on commerce.refund; drop trigger _900_audit_insert on commerce.refund; drop trigger _900_audit_truncate on commerce.refund; drop trigger _900_audit_update on commerce.refund; drop function audit.tg_refund();
select internal.attach_identity('commerce.refund');
select internal.attach_updated_at('commerce.refund');
select internal.attach_state_machine('commerce.refund', 'status');

create or replace trigger _500_order_payment
  after insert or update of status, amount on commerce.refund
  for each row execute function internal.tg__order_payment();

select internal.attach_currency_scale('commerce.refund', 'amount');

select audit.attach('commerce.refund');
