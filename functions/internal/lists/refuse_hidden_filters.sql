-- A filter by a column tells what it holds, so PostgreSQL refuses it to a role that may not read the column, and names
-- neither. Staff read every column of a list.
create or replace function internal.refuse_hidden_filters(p_view text, p_filters jsonb)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_field text;
begin
  if internal.session_role() is distinct from 'commerce_buyer' then
    return;
  end if;
  select e.key into v_field
    from jsonb_each(p_filters) as e
   where e.value not in ('null', '[]') and not has_column_privilege('commerce_buyer', p_view, e.key, 'select')
   order by e.key
   limit 1;
  if found then
    raise exception using
      errcode = 'SCPRM',
      message = v_field || ' is shown to a member only',
      detail = json_build_object('field', v_field, 'permission', 'member')::text;
  end if;
end
$$;

grant execute on function internal.refuse_hidden_filters(text, jsonb) to commerce_definer;
comment on function internal.refuse_hidden_filters(text, jsonb) is
  'Refuses filters of a list by columns that shoppers may not read (SCPRM with the field).';
