create or replace function internal.apply_payment_event(
  p_payment_ids uuid[],
  p_kind text,
  p_amount numeric,
  p_currency_code text,
  p_event_id text,
  p_occurred_at timestamptz,
  p_source text,
  p_note text default null
)
  returns table (payment_id uuid, order_id uuid, status text, outcome text)
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan  -- as api.place_order
as $$
#variable_conflict use_column
declare
  v_tenant_id uuid := internal.require_tenant();
  v_payments commerce.payment[] := array(select p from internal.lock_payments(v_tenant_id, p_payment_ids) as p);
  v_payment commerce.payment;
  v_amount numeric := p_amount;
  v_left numeric;
  v_part numeric;
  v_is_refund boolean := p_kind in ('refunded', 'refund_failed');
  v_is_new boolean;
  v_is_reported boolean;
  v_reports commerce.payment_event[];
  v_order commerce.orders;
begin
  -- What belongs to each payment is looked up by its id, as in internal.lock_payments (offset 0).
  -- The same event is reported once more: its money is not allocated again.
  if exists (
    select
      from unnest(p_payment_ids) as i (id)
     cross join lateral (
        select e.provider_event_id
          from commerce.payment_event as e
         where e.tenant_id = v_tenant_id and e.payment_id = i.id
        offset 0
      ) as e
     where e.provider_event_id = p_event_id and not v_is_refund
  ) or exists (
    select
      from unnest(p_payment_ids) as i (id)
     cross join lateral (
        select r.* from commerce.refund as r where r.tenant_id = v_tenant_id and r.payment_id = i.id offset 0
      ) as r
     where r.provider_reference = p_event_id
       and r.status = case p_kind when 'refunded' then 'succeeded' when 'refund_failed' then 'failed' end
  ) then
    return query
      select p.id, p.order_id, p.status, 'repeated'
        from unnest(v_payments) as p;
    return;
  end if;

  -- A refund of one of the orders says nothing about the others.
  if v_is_refund and cardinality(v_payments) > 1 then
    v_payments := internal.refunded_payments(v_payments, p_kind, p_amount, p_currency_code, p_event_id, p_source);
  end if;

  -- Without an id of its own, an amount received is the total so far: a repeat adds nothing.
  if p_event_id is null and p_kind = 'captured' and p_amount is not null then
    v_amount := greatest(p_amount - coalesce((
      select sum(e.amount)
        from unnest(p_payment_ids) as i (id)
       cross join lateral (
          select e.* from commerce.payment_event as e where e.tenant_id = v_tenant_id and e.payment_id = i.id offset 0
        ) as e
       where e.kind in ('captured', 'corrected')
         and e.currency_code = coalesce(p_currency_code, v_payments[1].currency_code)
    ), 0), 0);
  end if;

  -- What staff have read at the provider and reported here is the same fact.
  if p_source = 'webhook' and v_amount is distinct from 0 then
    v_reports := array(
      select r from internal.staff_reports(v_tenant_id, p_payment_ids, p_kind, v_amount, p_currency_code) as r);
  end if;
  -- Without an amount, the event is about all that staff have not reported.
  v_left := case
    when v_amount is null then coalesce((
      select sum(internal.asked_amount(p, p_kind))
        from unnest(v_payments) as p
       where p.id <> all (array(select r.payment_id from unnest(v_reports) as r))
    ), 0)
    when cardinality(v_reports) > 0 then 0
    else v_amount
  end;
  v_amount := v_left;

  foreach v_payment in array v_payments loop
    -- One payment at the provider for several orders: each gets what it asks for, the last one the rest.
    v_is_reported := v_payment.id = any (array(select r.payment_id from unnest(v_reports) as r));
    v_part := case
      when v_is_reported then 0
      when v_payment.id = v_payments[cardinality(v_payments)].id then v_left
      else least(v_left, internal.asked_amount(v_payment, p_kind))
    end;
    v_left := v_left - v_part;
    if v_is_refund then
      v_is_new := internal.record_provider_refund(
        v_payment, p_kind, v_part, p_currency_code, p_event_id, p_occurred_at, p_source, p_note);
    elsif v_is_reported then
      v_is_new := false;
      perform internal.confirm_report(r, p_kind, p_event_id, p_occurred_at)
         from unnest(v_reports) as r
        where r.payment_id = v_payment.id;
    elsif v_part = 0 and (p_kind = 'captured' or cardinality(v_reports) > 0) then
      -- What came is for the other orders.
      v_is_new := v_amount > 0;
    else
      v_is_new := internal.record_payment_event(
        v_payment, p_kind, v_part, p_source,
        case when p_kind = 'captured' then p_event_id else coalesce(p_event_id, concat_ws(' ', p_kind, trim_scale(v_part))) end,
        p_occurred_at, p_currency_code, p_note => p_note);
    end if;
    -- The provider has answered: there is nothing left to cancel.
    if p_source = 'webhook' and p_kind in ('captured', 'cancelled', 'failed', 'expired') then
      update commerce.payment as p
         set cancel_requested_at = null, version = p.version
       where p.tenant_id = v_tenant_id and p.id = v_payment.id and p.cancel_requested_at is not null;
    end if;
    perform internal.derive_payment(v_payment);

    select o.* into v_order from commerce.orders as o where o.tenant_id = v_tenant_id and o.id = v_payment.order_id;
    select p.* into v_payment from commerce.payment as p where p.tenant_id = v_tenant_id and p.id = v_payment.id;
    payment_id := v_payment.id;
    order_id := v_payment.order_id;
    outcome := case
      when not v_is_new then 'repeated'
      when p_kind <> 'captured' then 'recorded'
      when p_currency_code <> v_payment.currency_code then 'unallocated'
      when v_order.status = 'cancelled'
        and internal.refund_overpaid(v_tenant_id, v_order.id, v_order.cancellation_reason) > 0 then 'refund_opened'
      when v_order.due_amount < 0 then 'overpaid'
      when v_order.due_amount > 0 and v_payment.captured_amount < v_payment.amount then 'short'
      else 'counted'
    end;
    status := v_payment.status;
    return next;
  end loop;
end
$$;

grant execute on function internal.apply_payment_event(uuid[], text, numeric, text, text, timestamptz, text, text)
  to commerce_definer;
comment on function internal.apply_payment_event(uuid[], text, numeric, text, text, timestamptz, text, text) is
  'Records what happened to the payments of one reference, whatever their state and their orders'', and returns the outcome for each: counted, short, overpaid, refund_opened (the order is cancelled), unallocated (another currency than the payment''s), recorded (no money came) or repeated (known already). amount: NULL for all that was asked.';
