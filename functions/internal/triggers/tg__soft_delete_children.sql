create or replace function internal.tg__soft_delete_children()
  returns trigger
  language plpgsql
  security definer  -- lends: reading the rules, and writing the children that go along
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_rule record;
begin
  for v_rule in
    select r.child, r.child_column, r.parent_column,
           internal.has_column(format('commerce.%I', r.child)::regclass, 'version') as is_versioned
      from internal.soft_delete_rule as r
     where r.parent = tg_table_name and r.action = 'take along'
     order by r.child, r.child_column
  loop
    -- A restoration brings back only the rows that have the parent's deletion time.
    execute format(
      'update commerce.%I
          set is_deleted = $3, deleted_at = case when $3 then $4 end %s
        where tenant_id = $1 and %I = $2 and is_deleted <> $3 and ($3 or deleted_at = $4)',
      v_rule.child, case when v_rule.is_versioned then ', version = version' end, v_rule.child_column)
      using new.tenant_id, (to_jsonb(new) ->> v_rule.parent_column)::uuid, new.is_deleted,
            coalesce(new.deleted_at, old.deleted_at);
  end loop;
  return null;
end
$$;

alter function internal.tg__soft_delete_children() owner to commerce_definer;
comment on function internal.tg__soft_delete_children() is
  'Trigger: children that go along by internal.soft_delete_rule are deleted, and restored, with their parent.';
