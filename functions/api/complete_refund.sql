create or replace function api.complete_refund(p_refund_id uuid, p_note text default null)
  returns api.refund
  language plpgsql
  volatile
  security definer  -- lends: writing refunds
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_refund commerce.refund := internal.lock_refund(internal.require_permission('payments.manage'), p_refund_id);
begin
  perform internal.require_text_within('note', p_note, 65536);
  if v_refund.method <> 'manual' or v_refund.status <> 'pending' then
    raise exception using
      errcode = 'SCTRN',
      message = 'only an open manual refund can be completed by hand',
      detail = json_build_object('machine', 'refund.status', 'from', v_refund.status, 'to', 'succeeded')::text,
      hint = 'Cancel it, and request a manual refund.';
  end if;
  perform internal.finish_refund(v_refund, 'succeeded', 'staff', p_note => p_note);
  return internal.refund_view(p_refund_id);
end
$$;

alter function api.complete_refund(uuid, text) owner to commerce_definer;
grant execute on function api.complete_refund(uuid, text) to commerce_member;
comment on function api.complete_refund(uuid, text) is
  'Records that staff have carried out a manual refund, in cash or by a transfer. Needs payments.manage. SCPRM, SCNTF, SCTRN, SCVAL.
@param note {payment_event.note}';
