create or replace function api.request_upload(
  p_purpose text,
  p_file_name text,
  p_mime_type text,
  p_size_bytes bigint,
  out storage_key text,
  out mime_type text,
  out size_bytes bigint,
  out expires_at timestamptz
)
  language plpgsql
  volatile
  security definer  -- lends: counting the merchant's files
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_is_shopper boolean := internal.session_role() in ('commerce_buyer', 'commerce_anonymous');
  v_waiting integer;
  v_may boolean;
  v_largest bigint;
  v_types text;
begin
  case p_purpose
    when 'chat' then
      v_may := internal.has_permission('conversations.reply') or internal.customer_id() is not null;
      v_largest := case when v_is_shopper then 26214400 else 104857600 end;
      v_types := case
        -- A machine stores what a customer has sent, whatever it is.
        when internal.session_role() = 'commerce_worker'
          then '^[a-z0-9.+-]+/[a-z0-9.+-]+( *; *[a-z0-9.+-]+=[a-z0-9.+-]+)*$'
        else '^(image/(jpeg|png|webp|gif)|video/(mp4|3gpp)|audio/(aac|amr|mpeg|mp4|ogg)|application/pdf|text/plain)$'
      end;
    when 'product' then
      v_may := internal.has_permission('products.manage') or internal.seller_id() is not null;
      v_largest := 20971520;
      v_types := '^(image/(jpeg|png|webp|gif)|video/mp4)$';
    when 'storefront' then
      v_may := internal.has_permission('storefront.manage');
      v_largest := 20971520;
      v_types := '^(image/(jpeg|png|webp|gif)|video/mp4|application/pdf)$';
    when 'kyc' then
      v_may := internal.seller_id() is not null;
      v_largest := 20971520;
      v_types := '^(image/(jpeg|png)|application/pdf)$';
    when 'payment_proof' then
      v_may := internal.has_permission('orders.manage')
        or internal.session_role() = 'commerce_buyer' and internal.customer_id() is not null;
      v_largest := 10485760;
      v_types := '^(image/(jpeg|png|webp)|application/pdf)$';
    else
      v_may := internal.has_permission('conversations.reply') or internal.customer_id() is not null;
  end case;
  if not v_may then
    raise exception using
      errcode = 'SCPRM',
      message = 'the caller may not upload files for this purpose',
      detail = json_build_object('permission', case p_purpose
        when 'product' then 'products.manage'
        when 'storefront' then 'storefront.manage'
        when 'kyc' then 'seller'
        when 'payment_proof' then 'orders.manage'
        else 'conversations.reply'
      end)::text;
  end if;
  if v_types is null then
    perform internal.refuse_input('purpose', 'must be chat, product, storefront, kyc or payment_proof');
  end if;
  perform internal.refuse_faults(internal.text_fault('file_name', p_file_name, 255));
  if coalesce(p_mime_type !~ v_types, true) then
    perform internal.refuse_input('mime_type', 'must be a type that is taken for this purpose');
  elsif coalesce(p_size_bytes not between 1 and v_largest, true) then
    perform internal.refuse_input('size_bytes', format('must be 1 to %s', v_largest));
  end if;
  perform internal.require_storage(p_size_bytes);
  -- The merchant's row is locked, so that two concurrent requests are counted one after the other.
  if v_is_shopper then
    select count(*)
      into v_waiting
      from internal.upload as u
     where u.tenant_id = v_tenant_id and u.customer_id = internal.customer_id() and u.used_at is null;
    if v_waiting >= 20 then
      raise exception using
        errcode = 'SCLIM',
        message = 'this person has too many uploads that are not used yet',
        detail = json_build_object('metric', 'uploads', 'limit', 20, 'used', v_waiting)::text,
        hint = 'Use them, or wait until they are removed, after a day.';
    end if;
  end if;

  -- The key does not show the person's own name for the file, and nobody can guess it.
  storage_key := concat_ws('/', v_tenant_id, p_purpose, gen_random_uuid());
  mime_type := p_mime_type;
  size_bytes := p_size_bytes;
  expires_at := now() + interval '15 minutes';
  insert into internal.upload (
    id, tenant_id, user_id, customer_id, size_bytes, purpose, storage_key, mime_type, file_name
  )
  values (
    internal.uuid_v7(), v_tenant_id, internal.user_id(), internal.customer_id(), p_size_bytes, p_purpose,
    request_upload.storage_key, p_mime_type, p_file_name
  );
end
$$;

alter function api.request_upload(text, text, text, bigint) owner to commerce_definer;
grant execute on function api.request_upload(text, text, text, bigint)
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker;
comment on function api.request_upload(text, text, text, bigint) is
  'Grants the caller a key under which they may store one file of this type and size within 15 minutes; the server signs the request that stores it (signUpload). The bytes go to the object storage and never through the database. chat is for staff who write to customers (conversations.reply), at most 100 MiB, for shoppers and visitors who have written, at most 25 MiB, and for workers, who store files of any type that customers send; product is for products.manage and sellers, 20 MiB; storefront is for storefront.manage, 20 MiB; kyc is for sellers and their own documents, 20 MiB; payment_proof is for orders.manage and shoppers, 10 MiB. The granted size counts against the plan''s storage. A shopper or visitor has at most 20 files that no message or payment uses yet, and a file that nothing uses is removed after a day. Only the person to whom a key was granted may use it. SCPRM, SCLIM, SCVAL.
@rowName upload_grant
@param purpose What it is for: chat, product, storefront, kyc or payment_proof.
@param file_name The person''s own name for the file.
@param mime_type Its media type, such as image/jpeg.
@param size_bytes The exact number of its bytes.
@returns storage_key! Its key in the object storage, below the merchant''s own prefix.
@returns mime_type! The type that is granted.
@returns size_bytes! The size that is granted.
@returns expires_at! Until when the file may be stored.';
