create or replace function internal.refund_tenant(p_refund_id uuid)
  returns uuid
  language plpgsql
  stable
  security definer  -- lends: finding a refund in any tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid;
begin
  select r.tenant_id into v_tenant_id from commerce.refund as r where r.id = p_refund_id;
  if not found then
    perform internal.refuse_missing('refund_id');
  end if;
  return v_tenant_id;
end
$$;

alter function internal.refund_tenant(uuid) owner to commerce_system;
grant execute on function internal.refund_tenant(uuid) to commerce_definer;
comment on function internal.refund_tenant(uuid) is 'Whose refund it is (SCNTF).';
