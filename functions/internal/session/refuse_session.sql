create or replace function internal.refuse_session()
  returns void
  language plpgsql
  stable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- A guessed or stolen id shows up in the server's log; the digest lets it be compared, not used.
  raise log 'commerce: session refused, digest %, role %',
    md5(current_setting('commerce.session', true)), current_setting('role', true);
  raise exception using
    errcode = 'SCCTX',
    message = 'session unknown or expired',
    hint = 'Open a new session and begin the transaction again.';
end
$$;

grant execute on function internal.refuse_session() to commerce_system, commerce_audit;
comment on function internal.refuse_session() is
  'Reports and refuses a session that is unknown, expired or of another role (SCCTX).';
