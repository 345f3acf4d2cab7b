create or replace function internal.staff_reports(
  p_tenant_id uuid,
  p_payment_ids uuid[],
  p_kind text,
  p_amount numeric,
  p_currency_code text
)
  returns setof commerce.payment_event
  language plpgsql
  stable
  security invoker
  rows 1
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan  -- as api.place_order
as $$
begin
  -- This is the oldest report of each payment that the provider has not confirmed yet.
  return query
    with reports as (
      select distinct on (e.payment_id) e.*
        from unnest(p_payment_ids) as i (id)
       cross join lateral (
          select p.* from commerce.payment as p where p.tenant_id = p_tenant_id and p.id = i.id offset 0
        ) as p
       cross join lateral (
          select e.* from commerce.payment_event as e where e.tenant_id = p_tenant_id and e.payment_id = i.id offset 0
        ) as e
       where e.source = 'staff'
         and e.amount > 0
         and (
           e.kind = p_kind and p_kind in ('captured', 'disputed', 'dispute_won', 'dispute_lost')
           -- What staff corrected is what they saw come in.
           or e.kind = 'corrected' and p_kind = 'captured'
         )
         and e.currency_code = coalesce(p_currency_code, p.currency_code)
         and not exists (
           select from commerce.payment_event as c where c.tenant_id = p_tenant_id and c.confirms_id = e.id
         )
       order by e.payment_id, e.amount <> p_amount, e.id
    ), alike as (
      select r.id from reports as r where r.amount = p_amount order by r.id limit 1
    )
    select r.*
      from reports as r
     where case
             when p_amount is null then true
             when exists (select from alike) then r.id = (select a.id from alike as a)
             -- One report of the provider, several of staff: one for each order.
             else p_amount = (select sum(s.amount) from reports as s)
           end;
end
$$;

grant execute on function internal.staff_reports(uuid, uuid[], text, numeric, text) to commerce_definer;
comment on function internal.staff_reports(uuid, uuid[], text, numeric, text) is
  'The reports of staff about the payments of one reference that match what the provider reports now: of the same kind, currency and amount (NULL: any), and not confirmed yet.';
