create or replace function internal.require_for_sale(
  p_product commerce.products,
  p_channel text,
  p_currency_code text,
  p_field text,
  p_banned_ids uuid[] default internal.banned_sellers()
)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_product.id is null then
    perform internal.refuse_missing(p_field);
  elsif p_product.is_deleted
    or not p_product.is_active
    or p_channel <> all (p_product.visible_channels)
    or p_product.currency_code <> p_currency_code
    or p_product.seller_id = any (p_banned_ids)
  then
    raise exception using
      errcode = 'SCVAL',
      message = p_field || ' names a product that is not for sale here',
      detail = json_build_object('field', p_field, 'product_id', p_product.id)::text,
      hint = 'The product is inactive, not offered in this channel, or priced in another currency, or its seller is banned.';
  end if;
end
$$;

grant execute on function internal.require_for_sale(commerce.products, text, text, text, uuid[]) to commerce_definer;
comment on function internal.require_for_sale(commerce.products, text, text, text, uuid[]) is
  'Refuses a product that an order of this channel and currency cannot take (SCVAL), or that does not exist (SCNTF).';
