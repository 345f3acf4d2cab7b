create or replace function internal.purge_pending_receipts(p_batch integer default 1000)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: deleting from internal.pending_receipt, pending_change, receipt_mark and turn
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count integer;
  v_changes integer;
  v_marks integer;
  v_turns integer;
begin
  perform internal.refuse_faults(internal.batch_fault(p_batch, 100000));

  delete from internal.pending_receipt as r
   where r.ctid = any (array(
     select e.ctid
       from internal.pending_receipt as e
      where e.received_at < now() - interval '1 day'
      order by e.received_at
      limit p_batch
        for update skip locked
   ));
  get diagnostics v_count = row_count;
  delete from internal.pending_change as c
   where c.ctid = any (array(
     select e.ctid
       from internal.pending_change as e
      where e.received_at < now() - interval '1 day'
      order by e.received_at
      limit p_batch - v_count
        for update skip locked
   ));
  get diagnostics v_changes = row_count;
  delete from internal.receipt_mark as m
   where m.ctid = any (array(
     select e.ctid
       from internal.receipt_mark as e
      where e.received_at < now() - interval '1 day'
      order by e.received_at
      limit p_batch - v_count - v_changes
        for update skip locked
   ));
  get diagnostics v_marks = row_count;
  -- No transaction lasts so long that it could have begun before one of these was committed.
  delete from internal.turn as t
   where t.ctid = any (array(
     select e.ctid
       from internal.turn as e
      where e.taken_at < now() - interval '1 hour'
      order by e.taken_at
      limit p_batch - v_count - v_changes - v_marks
        for update skip locked
   ));
  get diagnostics v_turns = row_count;
  return v_count + v_changes + v_marks + v_turns;
end
$$;

alter function internal.purge_pending_receipts(integer) owner to commerce_definer;
grant execute on function internal.purge_pending_receipts(integer) to commerce_worker;
comment on function internal.purge_pending_receipts(integer) is
  'Deletes receipts and changes whose message nobody has reported for a day, read marks of more than a day ago, and turns that were taken an hour ago, at most a batch (1 to 100000) a call; returns how many. Safe to run twice at once. SCVAL.';
