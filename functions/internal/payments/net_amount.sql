create or replace function internal.net_amount(p_worth_amount numeric, p_refunded_amount numeric, p_due_amount numeric)
  returns numeric
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- A refund of what an order was paid too much has lowered its worth already, or never was of it.
  select p_worth_amount - least(p_refunded_amount, greatest(p_due_amount, 0))
$$;

grant execute on function internal.net_amount(numeric, numeric, numeric)
  to commerce_definer, commerce_member, commerce_worker, commerce_platform;
comment on function internal.net_amount(numeric, numeric, numeric) is
  'The net amount of an order: its worth, less refunds that are due again, so that nothing is subtracted twice.';
