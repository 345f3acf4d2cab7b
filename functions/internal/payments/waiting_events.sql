create or replace function internal.waiting_events(p_tenant_id uuid, p_provider text, p_provider_reference text)
  returns setof commerce.inbound_event
  language sql
  volatile
  security definer  -- lends: taking over events of which it was not known whose they are
  set search_path = pg_catalog, pg_temp
as $$
  -- A row's merchant never changes: an event without a merchant is written again as a new row.
  with nobodys as (
    delete from commerce.inbound_event as e
     where e.provider = p_provider
       and e.provider_reference = p_provider_reference
       and e.tenant_id is null
    returning e.*
  ), taken as (
    insert into commerce.inbound_event (
      tenant_id, provider, provider_reference, external_event_id, event_type, amount, currency_code, occurred_at,
      received_at
    )
    select p_tenant_id, n.provider, n.provider_reference, n.external_event_id, n.event_type, n.amount,
           n.currency_code, n.occurred_at, n.received_at
      from nobodys as n
    on conflict do nothing
    returning *
  )
  select t.* from taken as t
  union all
  select e.*
    from commerce.inbound_event as e
   where e.tenant_id = p_tenant_id
     and e.provider = p_provider
     and e.provider_reference = p_provider_reference
     and e.status = 'received'
$$;

alter function internal.waiting_events(uuid, text, text) owner to commerce_system;
grant execute on function internal.waiting_events(uuid, text, text) to commerce_definer;
comment on function internal.waiting_events(uuid, text, text) is
  'Events that wait for a payment of this reference, which are the merchant''s from now on.';
