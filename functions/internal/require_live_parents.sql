-- Undo: drop function internal.require_live_parents(text, jsonb);
create or replace function internal.require_live_parents(p_table text, p_row jsonb)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = ''
as $$
declare
  v_rule internal.soft_delete_rule;
  v_is_deleted boolean;
begin
  for v_rule in
    select r.* from internal.soft_delete_rule as r where r.child = p_table
  loop
    execute format('select p.is_deleted from commerce.%I as p where p.tenant_id = $1 and p.id = $2', v_rule.parent)
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
  'SCDEP when a parent of the row that is to be restored is itself deleted.';
