-- Three countries write a mobile number in two ways, and providers use both: Brazil with a ninth digit in
-- front since 2012-2016, Mexico with a 1 until 2019, Argentina with a 9 from abroad. Numbers of Brazil that
-- begin with 2 to 5 without it are landlines.
create or replace function internal.phone_key(p_phone_number text)
  returns text
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select '+' || regexp_replace(
    regexp_replace(
      regexp_replace(ltrim(p_phone_number, '+'), '^(55[1-9][0-9])9([6-9][0-9]{7})$', e'\\1\\2'),
      '^521([0-9]{10})$', e'52\\1'),
    '^549([0-9]{10})$', e'54\\1')
$$;

grant execute on function internal.phone_key(text)
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system, commerce_purge;
comment on function internal.phone_key(text) is
  'One form of a telephone number (E.164, with or without +), the same for every way to write it; NULL stays NULL.';
