create or replace function internal.seed_demo_trust(p_order_id uuid, p_buyer_id uuid, p_member_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_complaint_id uuid;
begin
  insert into commerce.complaints (tenant_id, user_id, order_id, type, description)
  values (v_tenant_id, p_buyer_id, p_order_id, 'order', 'The parcel came three days late.');

  insert into commerce.complaints (tenant_id, user_id, type, description)
  values (v_tenant_id, p_member_id, 'user', 'This customer insulted the rider.')
  returning id into v_complaint_id;
  update commerce.complaints as c
     set status = 'resolved', resolved_at = now(), resolution = 'The customer was warned.', version = c.version
   where c.tenant_id = v_tenant_id and c.id = v_complaint_id;
  insert into commerce.violations (
    tenant_id, user_id, complaint_id, issued_by, type, severity, action, reason
  )
  values (
    v_tenant_id, p_buyer_id, v_complaint_id, p_member_id, 'behavior', 'low', 'warning',
    'Insulting language towards staff'
  );
end
$$;

grant execute on function internal.seed_demo_trust(uuid, uuid, uuid) to commerce_definer;
comment on function internal.seed_demo_trust(uuid, uuid, uuid) is
  'One open complaint of a demo shop''s buyer, and one about the buyer that ended in a warning.';
