create or replace function api.set_number_prefix(p_series text, p_prefix text)
  returns text
  language plpgsql
  volatile
  security definer  -- lends: writing the tenant's number series
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('settings.manage');
  v_next bigint;
begin
  if p_series is null or p_series not in ('orders', 'returns') then
    perform internal.refuse_input('series', 'must be one of orders, returns');
  elsif p_prefix is null or p_prefix !~ '^([A-Za-z0-9#./-]{0,19}[A-Za-z#./-])?$' then
    perform internal.refuse_input('prefix', 'must have at most 20 letters, digits and # . / -, with no digit at the end');
  end if;
  insert into internal.tenant_counter as c (tenant_id, name, prefix)
  values (v_tenant_id, p_series, p_prefix)
  on conflict (tenant_id, name) do update
     set prefix = excluded.prefix
  returning c.next_value into v_next;
  return internal.format_number(p_prefix, v_next);
end
$$;

alter function api.set_number_prefix(text, text) owner to commerce_definer;
grant execute on function api.set_number_prefix(text, text) to commerce_member;
comment on function api.set_number_prefix(text, text) is
  'Sets the prefix of the numbers that the merchant''s orders or returns get from now on; the numbers continue. Returns the next number. Needs settings.manage. SCPRM, SCVAL with the field.
@param series {orders|returns} The series of numbers.
@param prefix At most 20 letters, digits and # . / -, with no digit at the end.';
