create or replace function internal.tg_orders__status_history()
  returns trigger
  language plpgsql
  security definer  -- lends: writing the history
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    -- Payment and fulfilment begin with their first change.
    insert into commerce.order_status_history (tenant_id, order_id, customer_id, seller_id, field, to_value)
    values (new.tenant_id, new.id, new.customer_id, new.seller_id, 'status', new.status);
  else
    insert into commerce.order_status_history (
      tenant_id, order_id, customer_id, seller_id, field, from_value, to_value, reason
    )
    select new.tenant_id, new.id, new.customer_id, new.seller_id, c.field, c.from_value, c.to_value,
           case c.to_value when 'cancelled' then new.cancellation_reason end
      from (values
        ('status', old.status, new.status),
        ('payment_status', old.payment_status, new.payment_status),
        ('fulfillment_status', old.fulfillment_status, new.fulfillment_status)
      ) as c (field, from_value, to_value)
     where c.from_value <> c.to_value;
  end if;
  return null;
end
$$;

alter function internal.tg_orders__status_history() owner to commerce_definer;
comment on function internal.tg_orders__status_history() is
  'Trigger: writes every change of an order''s three states into order_status_history, in the same transaction.';
