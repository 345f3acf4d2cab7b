create or replace function internal.uuid_v7_at(p_at timestamptz)
  returns uuid
  language sql
  immutable
  parallel safe
  set search_path = pg_catalog, pg_temp
as $$
  select encode(
    substring(int8send((extract(epoch from p_at) * 1000)::bigint) from 3) || decode('70008000000000000000', 'hex'),
    'hex')::uuid
$$;

grant execute on function internal.uuid_v7_at(timestamptz) to commerce_definer, commerce_audit;
comment on function internal.uuid_v7_at(timestamptz) is
  'The smallest UUID version 7 of a millisecond: the bound between what was made before and after.';
