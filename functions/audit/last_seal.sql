create or replace function audit.last_seal()
  returns audit.seal
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_last audit.seal;
begin
  select s.*
    into v_last
    from audit.seal as s
   order by s.id desc
   limit 1;
  if not found then
    v_last.id := 0;
    v_last.to_id := '00000000-0000-0000-0000-000000000000';
    v_last.root := decode(repeat('00', 32), 'hex');
  end if;
  return v_last;
end
$$;

alter function audit.last_seal() owner to commerce_audit;
comment on function audit.last_seal() is
  'The newest seal of the database''s chain, or, before the first, what that one follows.';
