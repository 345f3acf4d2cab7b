create or replace function internal.tg_message_attachment__kept()
  returns trigger
  language plpgsql
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- internal.purge_deleted alone runs as this role.
  if current_user <> 'commerce_purge' and not exists (
    select
      from commerce.conversation_history as h
     where h.tenant_id = old.tenant_id and h.id = old.message_id and h.withdrawn_at is not null
  ) then
    raise exception using
      errcode = 'SCIMM',
      message = 'a message keeps its files until it is deleted';
  end if;
  return old;
end
$$;

comment on function internal.tg_message_attachment__kept() is
  'Trigger: a file or place is deleted with its message, and not before (SCIMM).';
