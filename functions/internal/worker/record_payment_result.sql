create or replace function internal.record_payment_result(
  p_provider text,
  p_provider_reference text,
  p_status text,
  p_failure_code text default null,
  p_failure_message text default null,
  p_amount numeric default null,
  p_occurred_at timestamptz default now(),
  p_tenant_id uuid default null
)
  returns table (tenant_id uuid, payment_id uuid, order_id uuid, status text)
  language plpgsql
  volatile
  security definer  -- lends: writing payments of the tenant that the provider means
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_tenant_id uuid := internal.payment_tenant(p_provider, p_provider_reference, p_tenant_id);
  v_occurred_at timestamptz := internal.past_time('occurred_at', p_occurred_at);
  v_order commerce.orders;
  v_payment commerce.payment;
  v_status text;
  v_amount numeric;
begin
  perform internal.require_in_set('status', p_status, 'payment', 'status');
  perform internal.limit_text('failure_code', p_failure_code, 255);
  perform internal.limit_text('failure_message', p_failure_message, 65536);
  if p_amount is not null then
    perform internal.require_amount('amount', p_amount, 4::smallint);
  end if;
  perform internal.adopt_tenant(v_tenant_id);

  -- The order first, as everyone locks it who pays or cancels.
  select o.*
    into v_order
    from commerce.orders as o
    join commerce.payment as p on p.tenant_id = v_tenant_id and p.order_id = o.id
   where o.tenant_id = v_tenant_id
     and p.provider = p_provider
     and p.provider_reference = p_provider_reference
     for no key update of o;
  select p.*
    into v_payment
    from commerce.payment as p
   where p.tenant_id = v_tenant_id
     and p.provider = p_provider
     and p.provider_reference = p_provider_reference
     for no key update;

  -- Webhooks come late, twice and in any order: what would be a step back is ignored. Another amount
  -- than was asked for, and money for a payment that was cancelled, is kept and flagged, and a person
  -- decides (api.verify_manual_payment).
  v_status := case
    when p_status = 'succeeded' and p_amount <> v_payment.amount then v_payment.status
    when exists (
      select
        from internal.state_transition as t
       where t.machine = 'payment.status'
         and t.from_state = v_payment.status
         and t.to_state = p_status
         and t.worker_may
    ) then p_status
    else v_payment.status
  end;
  v_amount := case
    when p_amount <> v_payment.amount or p_status = 'succeeded' and v_status <> 'succeeded'
      then coalesce(p_amount, v_payment.amount)
  end;
  update commerce.payment as p
     set status = v_status,
         failure_code = case when v_status = 'failed' then p_failure_code else p.failure_code end,
         failure_message = case when v_status = 'failed' then p_failure_message else p.failure_message end,
         authorized_at = case when v_status = 'authorized' then coalesce(p.authorized_at, v_occurred_at) else p.authorized_at end,
         succeeded_at = case when v_status = 'succeeded' then coalesce(p.succeeded_at, v_occurred_at) else p.succeeded_at end,
         metadata = case
           when v_amount is not null then p.metadata || jsonb_build_object('amount_received', v_amount)
           when v_status = 'succeeded' then p.metadata - 'amount_received'
           else p.metadata
         end,
         version = p.version
   where p.tenant_id = v_tenant_id
     and p.id = v_payment.id
     and (
       v_status <> p.status
       or v_amount is not null and p.metadata -> 'amount_received' is distinct from to_jsonb(v_amount)
     );
  if v_order.status = 'cancelled' then
    perform internal.refund_order(v_order, v_order.cancellation_reason);
  end if;
  return query select v_tenant_id, v_payment.id, v_payment.order_id, v_status;
end
$$;

alter function internal.record_payment_result(text, text, text, text, text, numeric, timestamptz, uuid)
  owner to commerce_definer;
grant execute on function internal.record_payment_result(text, text, text, text, text, numeric, timestamptz, uuid)
  to commerce_worker;
comment on function internal.record_payment_result(text, text, text, text, text, numeric, timestamptz, uuid) is
  'What a provider''s webhook says of a payment; only forward, a repeat changes nothing. An amount other than the payment''s, and money for a cancelled one, is kept in metadata.amount_received and leaves the status as it is; money for a cancelled order is to be refunded. tenant_id: whose webhook it is, where the caller knows. Returns the payment''s status. SCNTF, SCAMT for what is no amount, SCVAL.';
