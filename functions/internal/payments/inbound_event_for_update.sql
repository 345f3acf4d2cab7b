create or replace function internal.inbound_event_for_update(p_inbound_event_id uuid)
  returns commerce.inbound_event
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_event commerce.inbound_event;
begin
  select e.*
    into v_event
    from commerce.inbound_event as e
   where e.tenant_id = v_tenant_id and e.id = p_inbound_event_id
     for no key update;
  if not found then
    perform internal.refuse_missing('inbound_event_id');
  elsif v_event.status <> 'received' or v_event.event_type <> 'captured' then
    raise exception using
      errcode = 'SCTRN',
      message = 'only money that came in and still waits can be dealt with',
      detail = json_build_object('machine', 'inbound_event.status', 'from', v_event.status)::text;
  end if;
  return v_event;
end
$$;

grant execute on function internal.inbound_event_for_update(uuid) to commerce_definer;
comment on function internal.inbound_event_for_update(uuid) is
  'Locks money that came with an unknown reference and still waits (SCNTF, SCTRN).';
