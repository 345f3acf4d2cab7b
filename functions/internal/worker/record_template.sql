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

  -- The later decision counts, in whichever order they come; a value that was unknown so far is always taken.
  return query
    insert into commerce.message_template as m (
      tenant_id, channel_id, name, language, status, category, rejection_reason, body, variable_count,
      external_template_id, status_changed_at
    )
    values (
      internal.tenant_id(), v_channel_id, p_name, v_language, coalesce(p_status, 'pending'),
      coalesce(p_category, 'utility'), p_rejection_reason, coalesce(p_body, ''), v_variable_count,
      p_external_template_id, v_occurred_at
    )
    on conflict (tenant_id, channel_id, name, language) do update
       set status = case
             when p_status is not null and excluded.status_changed_at >= m.status_changed_at then p_status
             else m.status
           end,
           rejection_reason = case
             when p_status is not null and excluded.status_changed_at >= m.status_changed_at then p_rejection_reason
             else m.rejection_reason
           end,
           status_changed_at = case
             when p_status is not null then greatest(m.status_changed_at, excluded.status_changed_at)
             else m.status_changed_at
           end,
           category = coalesce(p_category, m.category),
           body = coalesce(p_body, m.body),
           variable_count = coalesce(v_variable_count, m.variable_count),
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
  'Records what a provider reports about a message template, or what its list of templates shows: whether it is approved, and why not. What is NULL stays as it is. A decision that is older than the last one is ignored. SCNTF for an account that is not connected, SCVAL with the field.';
