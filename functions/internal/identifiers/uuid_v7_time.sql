create or replace function internal.uuid_v7_time(p_id uuid)
  returns timestamptz
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select to_timestamp(('x' || left(replace(p_id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)
$$;

grant execute on function internal.uuid_v7_time(uuid) to commerce_audit;
comment on function internal.uuid_v7_time(uuid) is 'When a version 7 UUID was made, to the millisecond.';
