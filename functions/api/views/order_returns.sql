create or replace view api.order_returns
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.requested_by,
       t.approved_by,
       t.exchange_order_id,
       t.fulfillment_id,
       t.currency_code,
       t.returned_amount,
       t.refund_amount,
       t.return_date,
       t.approved_at,
       t.rejected_at,
       t.refunded_at,
       t.closed_at,
       t.return_number,
       t.status,
       t.reason,
       t.description,
       t.rejection_reason,
       t.refund_method,
       t.return_tracking_number,
       t.version,
       t.created_at,
       t.updated_at
  from commerce.order_returns as t;

select internal.copy_comments('api.order_returns', 'commerce.order_returns');
