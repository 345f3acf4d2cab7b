create or replace function internal.filter_condition(
  p_tenant_id uuid,
  p_moment text,
  p_filters jsonb,
  p_from date,
  p_to date
)
  returns text
  language sql
  stable
  security definer  -- lends: the time zone of the stated tenant
  set search_path = pg_catalog, pg_temp
as $$
  select format('t.tenant_id = %L', p_tenant_id)
         || coalesce(
              (select string_agg(
                        case
                          when e.value = '{}' then format(' and t.%I is null', e.key)
                          when jsonb_typeof(e.value) = 'array' then
                            format(' and t.%I = any (%L)', e.key, array(select jsonb_array_elements_text(e.value)))
                          else format(' and t.%I = %L', e.key, e.value #>> '{}')
                        end,
                        '' order by e.key)
                 from jsonb_each(p_filters) as e
                where e.value not in ('null', '[]')),
              '')
         || case p_moment when 'id' then '' else format(' and t.%I is not null', p_moment) end
         || coalesce(
              (select string_agg(
                        format(
                          ' and t.%I %s %L', p_moment, d.comparison,
                          case p_moment
                            when 'id' then internal.uuid_v7_at(greatest(d.at, 'epoch'))::text
                            else d.at::text
                          end),
                        '')
                 from commerce.tenant as s
                cross join lateral (
                        values ('>=', internal.day_start(p_from, s.timezone)),
                               ('<', internal.day_start(p_to + 1, s.timezone))
                      ) as d (comparison, at)
                where s.id = p_tenant_id and d.at is not null),
              '')
$$;

alter function internal.filter_condition(uuid, text, jsonb, date, date) owner to commerce_definer;
comment on function internal.filter_condition(uuid, text, jsonb, date, date) is
  'SQL that is true of the rows t of a list that fit its filters, each a column with its value, a list of values, or an empty object where there is to be none; from and to are days of the shop.';
