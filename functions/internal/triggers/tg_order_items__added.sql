-- Once for each statement, however many lines it wrote. Nobody else sees a new line, so its order may be locked after it.
create or replace function internal.tg_order_items__added()
  returns trigger
  language plpgsql
  security definer  -- lends: locking the order
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_status text;
begin
  for v_status in
    select o.status
      from commerce.orders as o
     where (o.tenant_id, o.id) in (select r.tenant_id, r.order_id from changed_rows as r)
     order by o.id
       for no key update
  loop
    if v_status not in ('draft', 'pending', 'confirmed', 'processing') then
      raise exception using
        errcode = 'SCIMM',
        message = 'what was agreed of a placed order does not change',
        hint = 'Staff correct the lines with api.correct_order_lines until the goods leave.';
    end if;
  end loop;
  return null;
end
$$;

alter function internal.tg_order_items__added() owner to commerce_definer;
comment on function internal.tg_order_items__added() is
  'Trigger: lines are added to an order until its goods leave (SCIMM), by one transaction at a time.';
