-- Requires: functions/internal/lists/filter_condition.sql
-- Requires: functions/internal/lists/refuse_hidden_filters.sql
-- The frame of every list: api.list_payments and its like name a view, the column by which it is ordered and their
-- filters, and run the statement that this returns, as the caller and so under row-level security. Filters that are not
-- given are left out of it, and values are literals, so that each call has a plan of its own.
--
-- An index on (tenant_id, status, …) has the order of a list within one status: rows of several statuses are read a
-- status at a time, as many of each as the page holds, and put together.
create or replace function internal.page_statement(
  p_view text,
  p_moment text,
  p_filters jsonb,
  p_from date,
  p_to date,
  p_order text,
  p_first integer,
  p_after text,
  p_before text
)
  returns text
  language plpgsql
  stable
  security definer  -- lends: the closed sets, and the shop's time zone
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_table text := replace(p_view, 'api.', '');
  v_keys text := concat_ws(', ', 't.' || quote_ident(nullif(p_moment, 'id')), 't.id');
  v_sorted text := concat_ws(', ', 't.' || quote_ident(nullif(p_moment, 'id')) || ' %1$s', 't.id %1$s');
  v_reads_down boolean := (p_order = 'newest') = (p_before is null);
  v_reading text := format(v_sorted, case when v_reads_down then 'desc' else 'asc' end);
  v_listing text := format(v_sorted, case p_order when 'newest' then 'desc' else 'asc' end);
  v_statuses text[] := array[null];
  v_condition text;
  v_branches text;
begin
  perform internal.refuse_hidden_filters(p_view, p_filters);
  perform internal.refuse_faults(
    internal.filter_faults(v_table, p_filters),
    internal.days_fault(p_from, p_to),
    case when p_order in ('newest', 'oldest') is not true then
      internal.fault('order', 'must be one of newest, oldest')
    end,
    case when coalesce(p_first, 0) < 1 then internal.fault('first', 'must be from 1') end,
    case when num_nonnulls(p_after, p_before) = 2 then
      internal.fault('before', 'must not be given together with after')
    end);

  v_condition := concat_ws(
    ' and ',
    internal.filter_condition(v_tenant_id, p_moment, p_filters - 'status', p_from, p_to),
    format('(%s) %s ', v_keys, case when v_reads_down then '<' else '>' end)
      || internal.read_place(
        case when p_before is null then 'after' else 'before' end, coalesce(p_after, p_before), p_moment));
  if jsonb_array_length(nullif(p_filters -> 'status', 'null')) > 0 then
    v_statuses := array(select distinct s from jsonb_array_elements_text(p_filters -> 'status') as s);
  elsif p_filters ? 'status' and p_moment <> 'id' then
    v_statuses := internal.closed_set(v_table, 'status');
  end if;
  select string_agg(
           format(
             '(select %s from %s as t where %s order by %s limit %s)',
             v_keys, p_view, concat_ws(' and ', v_condition, 't.status = ' || quote_literal(s.status)),
             v_reading, p_first),
           ' union all ')
    into v_branches
    from unnest(v_statuses) as s (status);

  return format(
    $statement$
      select t.id, translate(encode(convert_to(jsonb_build_array(%1$s)::text, 'UTF8'), 'base64'), e'\n', '')
        from (select %1$s from (%2$s) as t order by %3$s limit %4$s) as t
       order by %5$s
    $statement$,
    v_keys, v_branches, v_reading, p_first, v_listing);
end
$$;

alter function internal.page_statement(text, text, jsonb, date, date, text, integer, text, text)
  owner to commerce_definer;
grant execute on function internal.page_statement(text, text, jsonb, date, date, text, integer, text, text)
  to commerce_member, commerce_buyer, commerce_audit;
comment on function internal.page_statement(text, text, jsonb, date, date, text, integer, text, text) is
  'SQL that reads a page of a list: the id and the cursor of every row, newest or oldest first, after one cursor or before another. SCTEN, SCPRM and SCVAL with the field.';
