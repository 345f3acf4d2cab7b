create or replace function internal.attach_currency_scale(p_table regclass, variadic p_columns text[])
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format(
    'create or replace trigger _400_currency_scale before insert or update of currency_code, %s on %s
       for each row execute function internal.tg__currency_scale(%s)',
    (select string_agg(quote_ident(c), ', ') from unnest(p_columns) as c),
    p_table,
    (select string_agg(quote_literal(c), ', ') from unnest(p_columns) as c));
end
$$;

comment on function internal.attach_currency_scale(regclass, text[]) is
  'Attaches the trigger that gives amount columns the decimals of the row''s currency_code, and refuses more.';
