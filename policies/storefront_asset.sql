-- Undo: select internal.detach_policies('commerce.storefront_asset');
select internal.attach_tenant_policies('commerce.storefront_asset');

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

create policy insert_member on commerce.storefront_asset for insert to commerce_member
  with check ((select internal.has_permission('storefront.manage')));

-- What a buyer handed in as a proof is nothing that a designer publishes or deletes.
create policy update_member on commerce.storefront_asset for update to commerce_member
  using (
    case
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

-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, created_by, size_bytes, width, height, is_private, is_payment_proof, file_name,
  file_type, url, mime_type, sha256, alt_text, version, is_deleted, created_at, updated_at
) on commerce.storefront_asset to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, created_by, size_bytes, width, height, is_private, is_payment_proof, file_name,
  file_type, url, mime_type, sha256, alt_text, version, is_deleted, created_at, updated_at
) on api.storefront_asset to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, size_bytes, width, height, is_private, file_name, file_type, url, mime_type,
  alt_text, is_deleted, created_at
) on api.storefront_asset to commerce_buyer, commerce_anonymous;
grant insert (
  size_bytes, width, height, is_private, file_name, file_type, url, mime_type, sha256, alt_text
) on commerce.storefront_asset, api.storefront_asset to commerce_member;
grant update (
  is_private, file_name, alt_text, version, is_deleted
) on commerce.storefront_asset, api.storefront_asset to commerce_member;
grant delete on api.storefront_asset to commerce_member;
grant select, insert, update on commerce.storefront_asset to commerce_definer;
grant select (tenant_id, id), delete on commerce.storefront_asset to commerce_purge;
grant select on api.storefront_asset to commerce_definer;
