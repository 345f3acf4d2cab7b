create or replace function internal.share_of(
  p_amount numeric,
  p_units integer,
  p_quantity integer,
  p_currency_code text
)
  returns numeric
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select round(p_amount * p_units / p_quantity, c.minor_unit)
    from commerce.currency as c
   where c.code = p_currency_code
$$;

grant execute on function internal.share_of(numeric, integer, integer, text) to commerce_definer;
comment on function internal.share_of(numeric, integer, integer, text) is
  'The part of a line''s amount that falls on so many of its units; on all of them, the whole.';
