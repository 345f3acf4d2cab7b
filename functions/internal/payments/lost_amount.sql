create or replace function internal.lost_amount(p_tenant_id uuid, p_payment_id uuid, p_currency_code text)
  returns numeric
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_event record;
  v_open numeric := 0;
  v_lost numeric := 0;
  v_back numeric;
begin
  -- A dispute that is won ends what is still disputed; what it wins beyond that was lost before, and comes back.
  for v_event in
    select e.kind, e.amount
      from commerce.payment_event as e
     where e.tenant_id = p_tenant_id
       and e.payment_id = p_payment_id
       and e.currency_code = p_currency_code
       and e.kind in ('disputed', 'dispute_won', 'dispute_lost')
     order by e.occurred_at, e.id
  loop
    v_back := case v_event.kind
      when 'dispute_won' then least(v_lost, greatest(v_event.amount - greatest(v_open, 0), 0))
      else 0
    end;
    v_lost := v_lost - v_back + case v_event.kind when 'dispute_lost' then v_event.amount else 0 end;
    v_open := v_open + v_back + case v_event.kind when 'disputed' then v_event.amount else -v_event.amount end;
  end loop;
  return v_lost;
end
$$;

grant execute on function internal.lost_amount(uuid, uuid, text) to commerce_definer, commerce_system;
comment on function internal.lost_amount(uuid, uuid, text) is
  'How much of a payment is lost to disputes at present, in one currency: the disputes that were lost, less what came back because one of them was won after all. By the provider''s times, so that reports may come in any sequence.';
