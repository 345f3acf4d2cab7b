create or replace function internal.tg__soft_delete()
  returns trigger
  language plpgsql
  security definer  -- lends: reading the rules, counting children, and locking the row
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_rule internal.soft_delete_rule;
  v_count bigint;
begin
  if new.is_deleted = old.is_deleted then
    return new;
  end if;
  if not new.is_deleted then
    new.deleted_at := null;
    return new;
  end if;

  -- Children that are being made hold a key share lock on this row; this one waits for them, and the
  -- next statement counts them.
  execute format('select from commerce.%I where tenant_id = $1 and id = $2 for update', tg_table_name)
    using new.tenant_id, new.id;

  for v_rule in
    select r.*
      from internal.soft_delete_rule as r
     where r.parent = tg_table_name and r.action = 'refuse'
     order by r.child, r.child_column
  loop
    execute format(
      'select count(*) from commerce.%I where tenant_id = $1 and %I = $2 and (%s)',
      v_rule.child, v_rule.child_column, v_rule.live_when)
      into v_count
      using new.tenant_id, (to_jsonb(new) ->> v_rule.parent_column)::uuid;
    if v_count > 0 then
      raise exception using
        errcode = 'SCDEP',
        message = 'live rows depend on this one',
        detail = json_build_object('table', v_rule.child, 'count', v_count)::text;
    end if;
  end loop;

  -- The time of a deletion also identifies it: rows that are deleted together have the same time.
  new.deleted_at := coalesce(new.deleted_at, clock_timestamp());
  return new;
end
$$;

alter function internal.tg__soft_delete() owner to commerce_definer;
comment on function internal.tg__soft_delete() is
  'Trigger: sets deleted_at; SCDEP when live rows depend on a row to be deleted.';
