create or replace view api.payment
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.saved_payment_method_id,
       t.proof_asset_id,
       t.verified_by,
       t.currency_code,
       t.amount,
       t.authorized_amount,
       t.captured_amount,
       t.refunded_amount,
       t.disputed_amount,
       t.authorized_at,
       t.succeeded_at,
       t.expires_at,
       t.cancel_requested_at,
       t.verified_at,
       t.payment_type,
       t.provider,
       t.provider_reference,
       t.status,
       t.failure_code,
       t.failure_message,
       t.metadata,
       t.version,
       t.created_at,
       t.updated_at
  from commerce.payment as t;

select internal.copy_comments('api.payment', 'commerce.payment');
