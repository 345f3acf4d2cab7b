-- Requires: functions/internal/onboarding/require_kyc_request.sql
create or replace function api.open_kyc_document(
  p_document_id uuid,
  out document_url text,
  out mime_type text,
  out sha256 bytea
)
  language plpgsql
  volatile
  security definer  -- lends: reading where the file is stored
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('kyc.review');
  v_document commerce.kyc_document;
begin
  select d.*
    into v_document
    from commerce.kyc_document as d
   where d.tenant_id = v_tenant_id and d.id = p_document_id and not d.is_deleted;
  if not found then
    perform internal.refuse_missing('document_id');
  end if;
  perform internal.require_kyc_request(v_tenant_id, v_document.seller_onboarding_id);

  perform audit.log_action('read', 'kyc_document', p_document_id::text, '{"reveal": "done"}', null);
  document_url := v_document.document_url;
  mime_type := v_document.mime_type;
  sha256 := v_document.sha256;
end
$$;

alter function api.open_kyc_document(uuid) owner to commerce_definer;
grant execute on function api.open_kyc_document(uuid) to commerce_member;
comment on function api.open_kyc_document(uuid) is
  'Returns where a document that a seller handed in is stored, so that the application can open it for the reviewer who called request_kyc_reveal for the onboarding within the last 15 minutes in an earlier transaction. Needs kyc.review; each call is logged. SCPRM, SCNTF.
@behavior -*';
