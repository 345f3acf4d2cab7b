create or replace view api.kyc_document
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.seller_onboarding_id,
       t.reviewed_by,
       t.size_bytes,
       t.issued_on,
       t.expires_on,
       t.reviewed_at,
       t.document_type,
       t.side,
       t.verification_status,
       t.mime_type,
       t.rejection_reason,
       t.is_deleted,
       t.created_at,
       t.updated_at
  from commerce.kyc_document as t
 where not t.is_deleted;

select internal.copy_comments('api.kyc_document', 'commerce.kyc_document');

create or replace trigger soft_delete
  instead of delete on api.kyc_document
  for each row execute function internal.tg__soft_delete_view();
