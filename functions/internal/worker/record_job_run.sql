create or replace function internal.record_job_run(p_job text, p_error text default null)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: writing internal.job_run
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_faults(
    internal.text_fault('job', p_job, 63),
    internal.length_fault('error', p_error, 255)
  );

  insert into internal.job_run as r (job, last_success_at, failures, last_error)
  values (p_job, case when p_error is null then now() end, (p_error is not null)::integer, p_error)
  on conflict (job) do update
     set last_success_at = coalesce(excluded.last_success_at, r.last_success_at),
         failures = case when p_error is null then 0 else r.failures + 1 end,
         last_error = excluded.last_error;
end
$$;

alter function internal.record_job_run(text, text) owner to commerce_system;
grant execute on function internal.record_job_run(text, text) to commerce_worker;
comment on function internal.record_job_run(text, text) is
  'Records that a job has ended, with the SQLSTATE of its failure or none. SCVAL.';
