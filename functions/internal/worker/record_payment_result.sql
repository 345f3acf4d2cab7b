create or replace function internal.record_payment_result(
  p_provider text,
  p_provider_reference text,
  p_status text,
  p_failure_code text default null,
  p_failure_message text default null,
  p_amount numeric default null,
  p_occurred_at timestamptz default now(),
  p_tenant_id uuid default null,
  p_currency_code text default null,
  p_provider_event_id text default null
)
  returns table (tenant_id uuid, payment_id uuid, order_id uuid, status text, outcome text)
  language plpgsql
  volatile
  security definer  -- lends: writing payments of the tenant that the provider means
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_kind text := case p_status when 'succeeded' then 'captured' else p_status end;
  v_occurred_at timestamptz := internal.reported_time('occurred_at', p_occurred_at);
  v_tenant_id uuid;
  v_payment_ids uuid[];
  v_payment_id uuid;
  v_minor_unit smallint;
begin
  select c.minor_unit into v_minor_unit from commerce.currency as c where c.code = p_currency_code;
  perform internal.refuse_faults(
    internal.text_fault('provider', p_provider, 255),
    internal.text_fault('provider_reference', p_provider_reference, 255),
    case when v_kind = 'corrected' then internal.fault('status', 'must not be corrected: only staff correct')
      else internal.set_fault('status', v_kind, 'payment_event', 'kind') end,
    internal.length_fault('failure_code', p_failure_code, 255),
    internal.length_fault('failure_message', p_failure_message, 65536),
    case when p_amount is not null then internal.amount_fault('amount', p_amount, v_minor_unit) end,
    case when p_currency_code is not null then internal.currency_fault('currency_code', p_currency_code) end,
    case when p_provider_event_id is not null
      then internal.text_fault('provider_event_id', p_provider_event_id, 255) end
  );

  v_tenant_id := internal.payment_tenant(p_provider, p_provider_reference, p_tenant_id);
  if v_tenant_id is null then
    if p_tenant_id is not null then
      perform internal.adopt_tenant(p_tenant_id);
      perform from commerce.tenant as t where t.id = p_tenant_id;
      if not found then
        perform internal.refuse_missing('tenant_id');
      end if;
    end if;
    return query
      select p_tenant_id, null::uuid, null::uuid, null::text,
             case
               when internal.keep_inbound_event(
                 p_tenant_id, p_provider, p_provider_reference, p_provider_event_id, v_kind, p_amount,
                 p_currency_code, v_occurred_at) then 'waiting'
               else 'repeated'
             end;
    return;
  end if;

  perform internal.adopt_tenant(v_tenant_id);
  select array_agg(p.id order by p.id), min(c.minor_unit)
    into v_payment_ids, v_minor_unit
    from commerce.payment as p
    join commerce.currency as c on c.code = coalesce(p_currency_code, p.currency_code)
   where p.tenant_id = v_tenant_id
     and p.provider = p_provider
     and p.provider_reference = p_provider_reference
     and p.payment_type <> 'store_credit';
  if p_amount is not null then
    perform internal.require_amount('amount', p_amount, v_minor_unit);
  end if;
  return query
    select v_tenant_id, e.payment_id, e.order_id, e.status, e.outcome
      from internal.apply_payment_event(
        v_payment_ids, v_kind, p_amount, p_currency_code, p_provider_event_id, v_occurred_at, 'webhook') as e;
  if p_status = 'failed' then
    foreach v_payment_id in array coalesce(v_payment_ids, '{}') loop
      update commerce.payment as p
         set failure_code = p_failure_code, failure_message = p_failure_message, version = p.version
       where p.tenant_id = v_tenant_id
         and p.id = v_payment_id
         and p.status = 'failed'
         and (p.failure_code, p.failure_message) is distinct from (p_failure_code, p_failure_message);
    end loop;
  end if;
end
$$;

alter function internal.record_payment_result(
  text, text, text, text, text, numeric, timestamptz, uuid, text, text) owner to commerce_definer;
grant execute on function internal.record_payment_result(
  text, text, text, text, text, numeric, timestamptz, uuid, text, text) to commerce_worker;
comment on function internal.record_payment_result(
  text, text, text, text, text, numeric, timestamptz, uuid, text, text) is
  'Records what a provider''s webhook reports about a payment: pending, requires_action, authorized, succeeded or captured (also a part), failed, expired, cancelled, refunded, refund_failed, disputed, dispute_won, dispute_lost. It is recorded whatever the state of the payment and its order, once for each provider_event_id (for refunded and refund_failed: the provider''s id of the refund); without an id, an amount received is the total so far. What staff have reported of the same kind and amount is the same fact. amount: NULL for all that was asked; currency_code: NULL for the payment''s. Returns a row for each order that the payment covers, with its outcome: counted, short, overpaid, refund_opened (the order is cancelled), unallocated (another currency), recorded (no money came), repeated (known already), or waiting, without a payment: the reference is unknown, and the report is kept. tenant_id: the merchant whose webhook it is, if the caller knows. SCAMT for a value that is not an amount, SCNTF for an unknown tenant_id, SCVAL.';
