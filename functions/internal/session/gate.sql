-- For policies inside a merchant, as internal.tenant_gate() is for the merchant itself:
-- (select internal.gate(internal.customer_id()))[customer_hash] and customer_id = ....
create or replace function internal.gate(p_id uuid)
  returns boolean[]
  language plpgsql
  immutable
  strict
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  return array_fill(true, array[1], array[uuid_hash(p_id) >> 1]);
end
$$;

grant execute on function internal.gate(uuid) to commerce_member, commerce_buyer, commerce_anonymous;
comment on function internal.gate(uuid) is
  'The number of an id as the only subscript of an array: true there, NULL at every other subscript.';
