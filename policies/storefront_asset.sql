select internal.attach_tenant_table('commerce.storefront_asset');

-- What is stored elsewhere is a link.
create or replace trigger _060_upload
  before insert on commerce.storefront_asset
  for each row when (new.url not like '%://%')
  execute function internal.tg_storefront_asset__upload();

create or replace trigger _500_free_upload
  after delete on commerce.storefront_asset
  for each row execute function internal.tg__free_upload('url');

-- A private file is for those who work with orders or files, a proof of payment for those who work with
-- orders or payments.
create policy select_member on commerce.storefront_asset for select to commerce_member
  using (
    (
      not is_private
      or (select internal.has_permission('orders.read'))
      or (select internal.gate(internal.user_id()))[created_by_hash]
      or case
           when is_payment_proof then (select internal.has_permission('payments.manage'))
           else (select internal.has_permission('storefront.manage'))
         end
    )
    and (
      not is_private
      or (select internal.has_permission('orders.read'))
      or created_by = (select internal.user_id())
      or case
           when is_payment_proof then (select internal.has_permission('payments.manage'))
           else (select internal.has_permission('storefront.manage'))
         end
    )
  );

-- Pictures of products belong to those who sell them as well.
create policy insert_member on commerce.storefront_asset for insert to commerce_member
  with check (
    (select internal.has_permission('products.manage'))
    or (select internal.seller_id()) is not null
    or (select internal.must_have('storefront.manage'))
  );

-- What a buyer handed in as a proof is nothing that a designer publishes or deletes.
create policy update_member on commerce.storefront_asset for update to commerce_member
  using (
    (select internal.has_permission('payments.manage') or internal.must_have('storefront.manage'))
    and case
      when is_payment_proof then (select internal.has_permission('payments.manage'))
      else (select internal.has_permission('storefront.manage'))
    end
  )
  with check (
    case
      when is_payment_proof then (select internal.has_permission('payments.manage'))
      else (select internal.has_permission('storefront.manage'))
    end
  );

create policy select_buyer on commerce.storefront_asset for select to commerce_buyer
  using (
    (not is_private or (select internal.gate(internal.user_id()))[created_by_hash])
    and (not is_private or created_by = (select internal.user_id()))
  );

create policy select_anonymous on commerce.storefront_asset for select to commerce_anonymous
  using (not is_private);

select internal.grant_select('api.storefront_asset');
select internal.grant_select('api.storefront_asset', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, size_bytes, width, height, is_private, file_name, file_type, url, mime_type,
  alt_text, is_deleted, created_at
}');
select internal.grant_write('api.storefront_asset', '{commerce_member}', '{
  is_private, file_name, alt_text
}', p_insert => '{size_bytes, width, height, file_type, url, mime_type, sha256}',
  p_update => '{version, is_deleted}');
grant delete on api.storefront_asset to commerce_member;
