create or replace function internal.read_uuid(p_field text, p_value text)
  returns uuid
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_value is not null then
    perform internal.refuse_faults(internal.uuid_fault(p_field, p_value));
  end if;
  return p_value::uuid;
end
$$;

grant execute on function internal.read_uuid(text, text) to commerce_definer;
comment on function internal.read_uuid(text, text) is 'Reads a UUID out of JSON (SCVAL); NULL stays NULL.';
