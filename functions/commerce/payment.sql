-- Undo: drop trigger _010_identity on commerce.payment; drop trigger _100_version on commerce.payment; drop trigger _110_version_required on commerce.payment; drop trigger _120_updated_at on commerce.payment; drop trigger _300_transition_status on commerce.payment; drop trigger _500_order_payment on commerce.payment; drop trigger _400_currency_scale on commerce.payment; drop trigger _900_audit_delete on commerce.payment; drop trigger _900_audit_insert on commerce.payment; drop trigger _900_audit_truncate on commerce.payment; drop trigger _900_audit_update on commerce.payment; drop function audit.tg_payment();
select internal.attach_identity('commerce.payment');
select internal.attach_version('commerce.payment');
select internal.attach_updated_at('commerce.payment');
select internal.attach_state_machine('commerce.payment', 'status');

create or replace trigger _500_order_payment
  after insert or update of status, amount on commerce.payment
  for each row execute function internal.tg__order_payment();

select internal.attach_currency_scale('commerce.payment', 'amount');

select audit.attach('commerce.payment');
