create or replace function internal.tg__live_parents()
  returns trigger
  language plpgsql
  security definer  -- lends: reading the rules and the parents
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.require_live_parents(tg_table_name, to_jsonb(new));
  return new;
end
$$;

alter function internal.tg__live_parents() owner to commerce_definer;
comment on function internal.tg__live_parents() is
  'Trigger: a new row belongs to live rows (SCDEP), by internal.soft_delete_rule.';
