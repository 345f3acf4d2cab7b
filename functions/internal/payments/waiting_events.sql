create or replace function internal.waiting_events(p_tenant_id uuid, p_provider text, p_provider_reference text)
  returns setof commerce.inbound_event
  language sql
  volatile
  security definer  -- lends: taking over events of which it was not known whose they are
  set search_path = pg_catalog, pg_temp
as $$
  update commerce.inbound_event as e
     set tenant_id = p_tenant_id
   where e.provider = p_provider
     and e.provider_reference = p_provider_reference
     and e.status = 'received'
     and (e.tenant_id = p_tenant_id or e.tenant_id is null)
  returning e.*
$$;

alter function internal.waiting_events(uuid, text, text) owner to commerce_system;
grant execute on function internal.waiting_events(uuid, text, text) to commerce_definer;
comment on function internal.waiting_events(uuid, text, text) is
  'Events that wait for a payment of this reference, which are the merchant''s from now on.';
