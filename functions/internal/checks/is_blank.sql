-- CHECKs of names call it: a session reads a function of plpgsql once, and one of SQL at every statement.
create or replace function internal.is_blank(p_value text)
  returns boolean
  language plpgsql
  immutable
  strict
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  return translate(
    p_value,
    E' \t\n\r\u00A0\u00AD\u034F\u061C\u115F\u1160\u180E\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A'
    || E'\u200B\u200C\u200D\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u202F\u205F\u2060\u2061\u2062\u2063\u2064'
    || E'\u2066\u2067\u2068\u2069\u2800\u3000\u3164\uFEFF\uFFA0',
    ''
  ) = '';
end
$$;

grant execute on function internal.is_blank(text)
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system, commerce_purge;
comment on function internal.is_blank(text) is
  'Whether a text shows nothing: spaces, marks of direction, joiners and other invisible characters alone; NULL stays NULL.';
