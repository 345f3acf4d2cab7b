-- version 1, length of the key id, key id, 12 bytes nonce, ciphertext, 16 bytes tag (src/database/kyc-envelope.ts).
-- A number in the clear that came by mistake is refused before it is stored; the value appears in no message.
create or replace function internal.require_envelope(p_field text, p_value bytea)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_length integer := octet_length(p_value);
  v_key_length integer := case when v_length between 32 and 8192 then get_byte(p_value, 1) end;
begin
  if p_value is null then
    return;
  end if;
  if v_key_length is null
    or get_byte(p_value, 0) <> 1
    or v_key_length not between 1 and 32
    or v_length < 2 + v_key_length + 12 + 1 + 16
    or encode(substring(p_value from 3 for v_key_length), 'escape') !~ '^[A-Za-z0-9._-]+$'
  then
    perform internal.refuse_input(p_field, 'must be an encrypted envelope');
  end if;
end
$$;

grant execute on function internal.require_envelope(text, bytea) to commerce_definer;
comment on function internal.require_envelope(text, bytea) is
  'Refuses what does not look like an AES-256-GCM envelope of this package (SCVAL); NULL passes.';
