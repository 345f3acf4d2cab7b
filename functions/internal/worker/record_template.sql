create or replace function internal.record_template(
  p_channel_type text,
  p_external_account_id text,
  p_name text,
  p_language text,
  p_status text default null,
  p_category text default null,
  p_rejection_reason text default null,
  p_body text default null,
  p_variable_count integer default null,
  p_external_template_id text default null,
  p_occurred_at timestamptz default now()
)
  returns table (tenant_id uuid, template_id uuid, status text)
  language plpgsql
  volatile
  security definer  -- lends: finding the tenant by the account, and writing its templates
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_occurred_at timestamptz := internal.reported_time('occurred_at', p_occurred_at);
  -- Providers write pt_BR.
  v_language text := replace(p_language, '_', '-');
  v_channel_id uuid;
  v_variable_count integer := coalesce(p_variable_count, cardinality(internal.template_variables(p_body)));
begin
  perform internal.refuse_faults(
    internal.text_fault('name', p_name, 255),
    internal.language_fault('language', v_language)
  );
  if p_status is not null then
    perform internal.require_in_set('status', p_status, 'message_template', 'status');
  end if;
  if p_category is not null then
    perform internal.require_in_set('category', p_category, 'message_template', 'category');
  end if;
  perform internal.refuse_faults(
    internal.length_fault('rejection_reason', p_rejection_reason, 65536),
    internal.length_fault('body', p_body, 65536),
    internal.length_fault('external_template_id', p_external_template_id, 255),
    case when p_variable_count not between 0 and 100 then internal.fault('variable_count', 'must be 0 to 100') end
  );
  v_channel_id := internal.adopt_channel(p_channel_type, p_external_account_id, false);

  -- Of the decisions, categories and texts that are reported the latest of each counts, in whichever order they come.
  return query
    insert into commerce.message_template as m (
      tenant_id, channel_id, name, language, status, category, rejection_reason, body, variable_count,
      external_template_id, status_changed_at, category_changed_at, body_changed_at
    )
    values (
      internal.tenant_id(), v_channel_id, p_name, v_language, coalesce(p_status, 'pending'),
      coalesce(p_category, 'utility'), p_rejection_reason, coalesce(p_body, ''), v_variable_count,
      p_external_template_id, case when p_status is not null then v_occurred_at end,
      case when p_category is not null then v_occurred_at end,
      case when coalesce(p_body, p_variable_count::text) is not null then v_occurred_at end
    )
    on conflict (tenant_id, channel_id, name, language) do update
       set status = case
             when excluded.status_changed_at < m.status_changed_at then m.status
             else coalesce(p_status, m.status)
           end,
           rejection_reason = case
             when p_status is null or excluded.status_changed_at < m.status_changed_at then m.rejection_reason
             else p_rejection_reason
           end,
           status_changed_at = greatest(m.status_changed_at, excluded.status_changed_at),
           category = case
             when excluded.category_changed_at < m.category_changed_at then m.category
             else coalesce(p_category, m.category)
           end,
           category_changed_at = greatest(m.category_changed_at, excluded.category_changed_at),
           body = case
             when excluded.body_changed_at < m.body_changed_at then m.body
             else coalesce(p_body, m.body)
           end,
           variable_count = case
             when excluded.body_changed_at < m.body_changed_at then m.variable_count
             else coalesce(v_variable_count, m.variable_count)
           end,
           body_changed_at = greatest(m.body_changed_at, excluded.body_changed_at),
           external_template_id = coalesce(p_external_template_id, m.external_template_id)
    returning m.tenant_id, m.id, m.status;
end
$$;

alter function internal.record_template(
  text, text, text, text, text, text, text, text, integer, text, timestamptz
) owner to commerce_definer;
grant execute on function internal.record_template(
  text, text, text, text, text, text, text, text, integer, text, timestamptz
) to commerce_worker;
comment on function internal.record_template(
  text, text, text, text, text, text, text, text, integer, text, timestamptz
) is
  'Records what a provider reports about a message template, or what its list of templates shows: whether it is approved, and why not. What is NULL stays as it is. A decision, a category or a text that is older than the last one is ignored. SCNTF for an account that is not connected, SCVAL with the field.';
