create or replace function internal.require_object(p_field text, p_value jsonb)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_value) is distinct from 'object' or octet_length(p_value::text) > 65536 then
    perform internal.refuse_input(p_field, 'must be a JSON object of at most 64 KiB');
  end if;
end
$$;

grant execute on function internal.require_object(text, jsonb) to commerce_definer;
comment on function internal.require_object(text, jsonb) is
  'Refuses what is no JSON object, or one that is too big (SCVAL).';
