create or replace function internal.invite_end(p_valid_for interval)
  returns timestamptz
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_valid_for is null or p_valid_for not between interval '1 hour' and interval '30 days' then
    perform internal.refuse_input('valid_for', 'must be 1 hour to 30 days');
  end if;
  return now() + p_valid_for;
end
$$;

grant execute on function internal.invite_end(interval) to commerce_definer;
comment on function internal.invite_end(interval) is
  'When an invitation made now ends. SCVAL unless it lasts 1 hour to 30 days.';
