create or replace function internal.tg_products__publish()
  returns trigger
  language plpgsql
  security definer  -- lends: reading what holds for the product's seller
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_barred(new.tenant_id, s.user_id, '{restrict, temp_ban, perm_ban}')
     from commerce.seller_profile as s
    where s.tenant_id = new.tenant_id and s.id = new.seller_id;
  return new;
end
$$;

alter function internal.tg_products__publish() owner to commerce_definer;
comment on function internal.tg_products__publish() is
  'Trigger: no product is published of a seller whom a violation restricts or bans (SCPRM).';
