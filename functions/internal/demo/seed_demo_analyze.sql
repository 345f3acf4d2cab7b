create or replace function internal.seed_demo_analyze()
  returns void
  language plpgsql
  volatile
  security definer  -- lends: the owner's right to analyze; there is nothing to choose
  set search_path = pg_catalog, pg_temp
as $$
begin
  analyze commerce.customer, commerce.users, commerce.buyer_profile, commerce.customer_identity,
    commerce.conversation_thread, commerce.conversation_history, commerce.conversation_event, commerce.products,
    commerce.orders, commerce.order_items, commerce.order_status_history, commerce.order_address,
    commerce.order_channel_meta, commerce.inventory_movement, commerce.payment;
end
$$;

grant execute on function internal.seed_demo_analyze() to commerce_definer;
comment on function internal.seed_demo_analyze() is
  'Updates the planner''s statistics of the tables that demo batches fill.';
