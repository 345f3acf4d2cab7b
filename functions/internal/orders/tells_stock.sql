create or replace function internal.tells_stock(p_tenant_id uuid)
  returns boolean
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- A person who orders a million units learns how many there are; a shopper learns it only where the shop allows it.
  return internal.is_staff() or exists (
    select
      from commerce.tenant as t
     where t.id = p_tenant_id and t.settings @> '{"tellShoppersStock": true}'
  );
end
$$;

grant execute on function internal.tells_stock(uuid) to commerce_definer;
comment on function internal.tells_stock(uuid) is
  'Whether the caller may learn how many pieces are there: staff may, and shoppers where the shop allows it.';
