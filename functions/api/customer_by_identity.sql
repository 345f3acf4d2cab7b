create or replace function api.customer_by_identity(p_channel_id uuid, p_external_user_id text)
  returns api.customer
  language plpgsql
  stable
  security definer  -- lends: comparing every way to write an id
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('customers.read');
  v_channel_type text;
  v_customer api.customer;
begin
  perform internal.require_text_within('external_user_id', p_external_user_id, 255);
  select n.channel_type
    into v_channel_type
    from commerce.channel as n
   where n.tenant_id = v_tenant_id and n.id = p_channel_id;
  if not found then
    perform internal.refuse_missing('channel_id');
  end if;
  select c.*
    into v_customer
    from internal.known_identity(p_channel_id, v_channel_type, p_external_user_id) as i
    join api.customer as c on c.tenant_id = v_tenant_id and c.id = i.customer_id;
  return v_customer;
end
$$;

alter function api.customer_by_identity(uuid, text) owner to commerce_definer;
grant execute on function api.customer_by_identity(uuid, text) to commerce_member, commerce_worker;
comment on function api.customer_by_identity(uuid, text) is
  'The customer who writes under this id of a channel''s provider: a telephone number in whichever way it is written, an e-mail address in upper or lower case. NULL when there is none. Needs customers.read. SCPRM, SCNTF, SCVAL.
@param channel_id The channel.
@param external_user_id The provider''s id of the customer.';
