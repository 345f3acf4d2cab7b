create or replace function internal.reachable_identity(p_customer commerce.customer, p_channel commerce.channel)
  returns uuid
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_identity commerce.customer_identity;
  v_address text := case
    when p_channel.channel_type in ('whatsapp', 'sms') then ltrim(p_customer.phone_number, '+')
    when p_channel.channel_type = 'email' then p_customer.email
  end;
begin
  select i.*
    into v_identity
    from commerce.customer_identity as i
   where i.tenant_id = v_tenant_id and i.customer_id = p_customer.id and i.channel_id = p_channel.id
   order by i.last_seen_at desc nulls last, i.id desc
   limit 1;
  if not found and v_address is not null then
    insert into commerce.customer_identity as i (
      tenant_id, customer_id, channel_id, channel_type, external_user_id
    )
    values (v_tenant_id, p_customer.id, p_channel.id, p_channel.channel_type, v_address)
    on conflict (tenant_id, channel_id, identity_key) do update
       set customer_id = excluded.customer_id
     -- The identity of a deleted customer is free, as in internal.create_contact.
     where exists (
       select
         from commerce.customer as c
        where c.tenant_id = v_tenant_id and c.id = i.customer_id and c.is_deleted
     )
    returning * into v_identity;
  end if;
  if v_identity.id is null then
    perform internal.refuse_input('customer_id', 'must be a customer who can be reached in this channel');
  end if;
  return v_identity.id;
end
$$;

grant execute on function internal.reachable_identity(commerce.customer, commerce.channel) to commerce_definer;
comment on function internal.reachable_identity(commerce.customer, commerce.channel) is
  'The id by which a customer is reached in a channel, made from the telephone number or the e-mail address where the customer has not written yet. SCVAL when there is none.';
