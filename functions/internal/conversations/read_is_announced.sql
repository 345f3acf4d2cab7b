-- A platform session sees rows only in a transaction that has logged its read (api.announce_read).
create or replace function internal.read_is_announced()
  returns boolean
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading internal.session
  set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (
    select
      from internal.session as s
     where s.id = nullif(current_setting('commerce.session', true), '')::pg_catalog.uuid
       and s.role = current_setting('role', true)
       and s.expires_at > transaction_timestamp()
       and s.reason is not null
       and s.read_announced_in = pg_current_xact_id_if_assigned()
  );
end
$$;

alter function internal.read_is_announced() owner to commerce_system;
grant execute on function internal.read_is_announced() to commerce_platform;
comment on function internal.read_is_announced() is
  'Whether this transaction of a platform session has logged its read through api.announce_read.';
