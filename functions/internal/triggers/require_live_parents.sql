create or replace function internal.require_live_parents(p_table text, p_row jsonb)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_rule internal.soft_delete_rule;
  v_is_deleted boolean;
begin
  for v_rule in
    select r.*
      from internal.soft_delete_rule as r
     where r.child = p_table and p_row ->> r.child_column is not null
     order by r.parent, r.child_column
  loop
    -- The lock that the foreign key takes as well, taken earlier: it waits for a deletion under way,
    -- and a deletion waits for it (internal.tg__soft_delete).
    execute format(
      'select p.is_deleted from commerce.%I as p where p.tenant_id = $1 and p.%I = $2 for key share',
      v_rule.parent, v_rule.parent_column)
      into v_is_deleted
      using (p_row ->> 'tenant_id')::uuid, (p_row ->> v_rule.child_column)::uuid;
    if v_is_deleted then
      raise exception using
        errcode = 'SCDEP',
        message = 'what this row belongs to is deleted',
        detail = json_build_object('table', v_rule.parent, 'count', 1)::text,
        hint = 'Restore that first.';
    end if;
  end loop;
end
$$;

grant execute on function internal.require_live_parents(text, jsonb) to commerce_definer;
comment on function internal.require_live_parents(text, jsonb) is
  'SCDEP when a parent of a row that is to be made or restored is itself deleted.';
