create or replace function internal.purge_candidates(p_table text, p_deleted_before timestamptz, p_first integer)
  returns table (id uuid, is_referred_to boolean)
  language plpgsql
  volatile
  security definer  -- lends: looking for what refers to a row, and locking the row
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_table regclass := format('commerce.%I', p_table)::regclass;
  v_referred_to text := internal.referred_to(v_table, 'p');
  v_personal text;
  v_ids uuid[];
begin
  select string_agg(format('p.%s is not null', c), ' or ')
    into v_personal
    from unnest(internal.personal_columns(v_table)) as c;
  select concat_ws(' or ', v_personal, string_agg(
           format('exists (select from %s as c where c.tenant_id = p.tenant_id and c.%I = p.id)', r.child, r.child_column),
           ' or '))
    into v_personal
    from internal.purge_child as r
   where r.parent = p_table and r.is_personal;

  -- A row that stays and has no personal data left is not a candidate, or it would be found again each time.
  execute format(
    'select array_agg(l.id)
       from (
         select p.id
           from %s as p
          where p.tenant_id = $1 and p.is_deleted and p.deleted_at < $2 %s and (not (%s) or %s)
          order by p.deleted_at
          limit $3
            for update skip locked
       ) as l',
    v_table,
    case when internal.has_column(v_table, 'purge_after') then 'and (p.purge_after is null or p.purge_after < now())' end,
    v_referred_to,
    coalesce(nullif(v_personal, ''), 'false'))
    into v_ids
    using v_tenant_id, p_deleted_before, p_first;

  -- No transaction can begin to refer to a locked row, so what this statement sees stays true.
  return query execute format(
    'select p.id, %s from %s as p where p.tenant_id = $1 and p.id = any ($2)', v_referred_to, v_table)
    using v_tenant_id, v_ids;
end
$$;

alter function internal.purge_candidates(text, timestamptz, integer) owner to commerce_definer;
grant execute on function internal.purge_candidates(text, timestamptz, integer) to commerce_purge;
comment on function internal.purge_candidates(text, timestamptz, integer) is
  'Locks rows of a table that were deleted before a time and that can be removed, or emptied of personal data when something refers to them; rows that another transaction has locked are left out. Rows with a purge_after in the future are kept.';
