create or replace function internal.refuse_discount(p_reason text)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'SCDSC',
    message = 'the discount code does not hold for this order',
    detail = json_build_object('field', 'code', 'reason', p_reason)::text;
end
$$;

grant execute on function internal.refuse_discount(text) to commerce_definer;
comment on function internal.refuse_discount(text) is
  'Refuses a discount code (SCDSC): not_started, ended, used_up, used_by_customer, minimum, seller, currency or products.';
