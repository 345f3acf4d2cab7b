create or replace function internal.record_refund_result(
  p_tenant_id uuid,
  p_refund_id uuid,
  p_status text,
  p_provider_reference text default null,
  p_occurred_at timestamptz default now()
)
  returns text
  language plpgsql
  volatile
  security definer  -- lends: writing refunds as the worker of the tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_occurred_at timestamptz := internal.reported_time('occurred_at', p_occurred_at);
  v_refund commerce.refund;
begin
  perform internal.refuse_faults(
    internal.set_fault('status', p_status, 'refund', 'status'),
    case when p_provider_reference is not null
      then internal.text_fault('provider_reference', p_provider_reference, 255) end
  );
  perform internal.adopt_tenant(p_tenant_id);

  v_refund := internal.lock_refund(p_tenant_id, p_refund_id);
  if exists (
    select
      from internal.state_transition as t
     where t.machine = 'refund.status'
       and t.from_state = v_refund.status
       and t.to_state = p_status
       and t.worker_may
       -- Store credit never leaves the shop: no provider can say what became of it.
       and v_refund.method <> 'store_credit'
  ) then
    perform internal.finish_refund(v_refund, p_status, 'webhook', p_provider_reference, v_occurred_at);
    return p_status;
  end if;
  return v_refund.status;
end
$$;

alter function internal.record_refund_result(uuid, uuid, text, text, timestamptz) owner to commerce_definer;
grant execute on function internal.record_refund_result(uuid, uuid, text, text, timestamptz) to commerce_worker;
comment on function internal.record_refund_result(uuid, uuid, text, text, timestamptz) is
  'Records what a provider reports about a refund of a tenant: succeeded, or failed, also after it had succeeded. A repeat changes nothing. Returns the refund''s status. A return whose money is all paid back becomes refunded. SCNTF, SCVAL.';
