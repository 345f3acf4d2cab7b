create or replace function audit.undoable(
  p_tenant_id uuid,
  p_log_id uuid,
  out table_name text,
  out record_key text,
  out action text,
  out old_values jsonb,
  out later_count bigint
)
  language sql
  stable
  security definer  -- lends: reading audit.log
  set search_path = pg_catalog, pg_temp
as $$
  select c.table_name, c.record_key, c.action, c.old_values,
         (select count(*)
            from audit.log as l
           where l.tenant_id = p_tenant_id
             and l.table_name = c.table_name
             and l.record_key = c.record_key
             and l.id > c.id
             and (l.action = 'delete' or l.action = 'update'
               and l.new_values ?| array(select jsonb_object_keys(c.old_values))))
    from audit.log as c
   where c.id = p_log_id and c.tenant_id = p_tenant_id
$$;

alter function audit.undoable(uuid, uuid) owner to commerce_audit;
grant execute on function audit.undoable(uuid, uuid) to commerce_definer;
comment on function audit.undoable(uuid, uuid) is
  'A change of a tenant''s row, the values before it, and how many later changes touched the same columns.';
