create or replace function api.values_before(
  p_log_id uuid,
  out table_name text,
  out record_id uuid,
  out old_values jsonb,
  out has_version boolean
)
  language plpgsql
  stable
  security definer  -- lends: reading the audit log
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('audit.read');
  v_change record;
  v_view regclass;
begin
  select u.table_name, u.record_key, u.action, u.old_values, u.later_count
    into v_change
    from audit.undoable(v_tenant_id, p_log_id) as u;
  if v_change.table_name is null then
    perform internal.refuse_missing('log_id');
  end if;
  v_view := to_regclass(format('api.%I', v_change.table_name));
  if v_change.action <> 'update'
    or v_view is null
    or v_change.old_values is null  -- redacted
    or v_change.old_values ? 'is_deleted'
    or exists (
      select
        from jsonb_each_text(v_change.old_values) as o (name, value)
       where o.value = '***'
          or not exists (
            select
              from pg_catalog.pg_attribute as a
             where a.attrelid = v_view and a.attname = o.name and a.attnum > 0
          )
    )
  then
    perform internal.refuse_input('log_id', 'must be an update whose former values are all known, and no deletion');
  end if;
  if v_change.later_count > 0 then
    raise exception using
      errcode = 'SCDEP',
      message = 'later changes touched the same columns',
      detail = json_build_object('table', v_change.table_name, 'count', v_change.later_count)::text,
      hint = 'Undo the later changes first.';
  end if;

  table_name := v_change.table_name;
  record_id := v_change.record_key::uuid;
  old_values := v_change.old_values;
  has_version := exists (
    select
      from pg_catalog.pg_attribute as a
     where a.attrelid = v_view and a.attname = 'version' and a.attnum > 0
  );
end
$$;

alter function api.values_before(uuid) owner to commerce_definer;
grant execute on function api.values_before(uuid) to commerce_member;
comment on function api.values_before(uuid) is
  'The values that a logged change replaced, if it can be undone. Needs audit.read. SCPRM, SCNTF, SCVAL, SCDEP when later changes touched the same columns.
@behavior -*';
