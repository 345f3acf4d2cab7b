-- Requires: functions/internal/identifiers/phone_key.sql
create or replace function internal.phone_variants(p_phone_number text)
  returns text[]
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select array[
    p_phone_number,
    k.key,
    regexp_replace(
      regexp_replace(
        regexp_replace(k.key, '^[+](55[1-9][0-9])([6-9][0-9]{7})$', e'+\\19\\2'),
        '^[+]52([0-9]{10})$', e'+521\\1'),
      '^[+]54([0-9]{10})$', e'+549\\1')
  ]
    from (select internal.phone_key(p_phone_number)) as k (key)
$$;

grant execute on function internal.phone_variants(text)
  to commerce_definer;
comment on function internal.phone_variants(text) is
  'Every way to write a telephone number in E.164, so that one is found by whichever way is known.';
