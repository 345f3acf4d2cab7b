create or replace view api.kyc_info
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.seller_id,
       t.reviewed_by,
       t.country_code,
       t.reviewed_at,
       t.tax_id_last_four,
       t.id_type,
       t.verification_status,
       t.rejection_reason,
       t.version,
       t.created_at,
       t.updated_at
  from commerce.kyc_info as t;

select internal.copy_comments('api.kyc_info', 'commerce.kyc_info', '@name kyc_detail');
