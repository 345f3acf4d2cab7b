create or replace function internal.record_refund_result(
  p_refund_id uuid,
  p_status text,
  p_provider_reference text default null,
  p_occurred_at timestamptz default now()
)
  returns text
  language plpgsql
  volatile
  security definer  -- lends: writing refunds of the tenant that has this one
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.refund_tenant(p_refund_id);
  v_occurred_at timestamptz := internal.past_time('occurred_at', p_occurred_at);
  v_refund commerce.refund;
begin
  perform internal.require_in_set('status', p_status, 'refund', 'status');
  if p_provider_reference is not null then
    perform internal.require_text('provider_reference', p_provider_reference, 255);
  end if;
  perform internal.adopt_tenant(v_tenant_id);

  -- The order first, as everyone locks it who pays or cancels.
  perform
     from commerce.orders as o
     join commerce.refund as r on r.tenant_id = v_tenant_id and r.order_id = o.id
    where o.tenant_id = v_tenant_id and r.id = p_refund_id
      for no key update of o;
  update commerce.refund as r
     set status = p_status,
         provider_reference = coalesce(p_provider_reference, r.provider_reference),
         completed_at = case when p_status = 'succeeded' then v_occurred_at end
   where r.tenant_id = v_tenant_id
     and r.id = p_refund_id
     and exists (
       select
         from internal.state_transition as t
        where t.machine = 'refund.status'
          and t.from_state = r.status
          and t.to_state = p_status
          and t.worker_may
     );
  select r.* into v_refund from commerce.refund as r where r.tenant_id = v_tenant_id and r.id = p_refund_id;

  perform internal.settle_return(v_tenant_id, v_refund.order_return_id, v_occurred_at);
  return v_refund.status;
end
$$;

alter function internal.record_refund_result(uuid, text, text, timestamptz) owner to commerce_definer;
grant execute on function internal.record_refund_result(uuid, text, text, timestamptz) to commerce_worker;
comment on function internal.record_refund_result(uuid, text, text, timestamptz) is
  'What a provider says of a refund; only forward, a repeat changes nothing. Returns the refund''s status. A return whose money is all paid back becomes refunded. SCNTF, SCVAL.';
