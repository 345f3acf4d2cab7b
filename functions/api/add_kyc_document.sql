create or replace function api.add_kyc_document(
  p_document_type text,
  p_document_url text,
  p_sha256 bytea default null,
  p_issued_on date default null,
  p_expires_on date default null,
  p_side text default null
)
  returns api.kyc_document
  language plpgsql
  volatile
  security definer  -- lends: writing commerce.kyc_document
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_onboarding commerce.seller_onboarding := internal.editable_onboarding_for_update('approved');
  v_id uuid := internal.uuid_v7();
  v_upload internal.upload;
  v_document api.kyc_document;
begin
  perform internal.require_in_set('document_type', p_document_type, 'kyc_document', 'document_type');
  if p_side is not null then
    perform internal.require_in_set('side', p_side, 'kyc_document', 'side');
  end if;
  perform internal.refuse_faults(
    internal.text_fault('document_url', p_document_url, 2048),
    case when p_document_url like '%://%'
      then internal.fault('document_url', 'must be the key of a private object, not a link') end,
    case when octet_length(p_sha256) <> 32 then internal.fault('sha256', 'must be 32 bytes') end,
    internal.calendar_fault('issued_on', p_issued_on),
    internal.calendar_fault('expires_on', p_expires_on),
    case when p_expires_on <= greatest(p_issued_on, internal.shop_day(v_onboarding.tenant_id))
      then internal.fault('expires_on', 'must be in the future, and after the day of issue') end
  );

  v_upload := internal.use_upload('document_url', p_document_url, '{kyc}');
  insert into commerce.kyc_document (
    id, tenant_id, seller_onboarding_id, document_type, side, document_url, mime_type, size_bytes, sha256, issued_on, expires_on
  )
  values (
    v_id, v_onboarding.tenant_id, v_onboarding.id, p_document_type, p_side, p_document_url, v_upload.mime_type, v_upload.size_bytes,
    p_sha256, p_issued_on, p_expires_on
  )
  on conflict do nothing;
  if not found then
    raise exception using
      errcode = 'SCDUP',
      message = 'a document of this type is already waiting for its review',
      detail = json_build_object('field', 'document_type')::text,
      hint = 'Another can be added once the reviewer has decided about it.';
  end if;

  select d.*
    into v_document
    from api.kyc_document as d
   where d.tenant_id = v_onboarding.tenant_id and d.id = v_id;
  return v_document;
end
$$;

alter function api.add_kyc_document(text, text, bytea, date, date, text) owner to commerce_definer;
grant execute on function api.add_kyc_document(text, text, bytea, date, date, text) to commerce_member;
comment on function api.add_kyc_document(text, text, bytea, date, date, text) is
  'The seller adds a document, or a side of it, to their own onboarding, by the key of its private object. This is possible before the onboarding is submitted, when more information is asked for, and once it is approved, so that a document can be replaced before it expires. SCPRM, SCNTF, SCIMM, SCVAL, SCDUP while a document of its type and side waits for its review.
@param document_url Key of the private object that holds the file, which request_upload gave the seller for kyc; no query returns it.
@param sha256 SHA-256 digest of the file.
@param side? {front|back} Which side the file shows; without it, the file shows the whole document.';
