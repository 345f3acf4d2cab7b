create or replace function internal.seed_demo_addresses(p_shop jsonb, p_person text)
  returns jsonb
  language sql
  immutable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_array(
    jsonb_strip_nulls(p_shop -> 'address')
      || jsonb_build_object('kind', 'shipping', 'recipient_name', p_person))
$$;

grant execute on function internal.seed_demo_addresses(jsonb, text) to commerce_definer;
comment on function internal.seed_demo_addresses(jsonb, text) is
  'Where demo orders of a person go to, as place_order takes it.';
