create or replace function api.announce_read(p_subject text)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: writing the audit log and internal.session
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_reason text;
begin
  if p_subject is null or length(btrim(p_subject)) not between 1 and 255 then
    raise exception using
      errcode = 'SCVAL',
      message = 'subject must have 1 to 255 characters',
      detail = json_build_object('field', 'subject')::text;
  end if;

  update internal.session as s
     set read_announced_in = pg_current_xact_id()
   where s.id = current_setting('commerce.session', true)::uuid
  returning s.reason into v_reason;
  perform audit.log_action('read', p_subject, null, null, v_reason, v_tenant_id);
end
$$;

alter function api.announce_read(text) owner to commerce_system;
grant execute on function api.announce_read(text) to commerce_platform;
comment on function api.announce_read(text) is
  'Logs what a system administrator is about to read. The tenant''s rows are then visible for the rest of this transaction only. SCTEN, SCVAL.';
