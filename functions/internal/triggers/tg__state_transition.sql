create or replace function internal.tg__state_transition()
  returns trigger
  language plpgsql
  security definer  -- lends: reading internal.state_transition
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_machine text := tg_table_name || '.' || tg_argv[0];
  v_from text := to_jsonb(old) ->> tg_argv[0];
  v_to text := to_jsonb(new) ->> tg_argv[0];
begin
  if not exists (
    select
      from internal.state_transition as t
     where t.machine = v_machine and t.from_state = v_from and t.to_state = v_to
  ) then
    raise exception using
      errcode = 'SCTRN',
      message = format('%s cannot go from %s to %s', v_machine, v_from, v_to),
      detail = json_build_object('machine', v_machine, 'from', v_from, 'to', v_to)::text;
  end if;
  return new;
end
$$;

alter function internal.tg__state_transition() owner to commerce_definer;
comment on function internal.tg__state_transition() is
  'Trigger: a state changes only as internal.state_transition allows (SCTRN). Argument: the column.';
