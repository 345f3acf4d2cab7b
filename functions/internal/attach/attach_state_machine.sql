create or replace function internal.attach_state_machine(p_table regclass, p_column text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format(
    'create or replace trigger %1$I before update of %2$I on %3$s
       for each row when (old.%2$I <> new.%2$I) execute function internal.tg__state_transition(%4$L)',
    '_300_transition_' || p_column, p_column, p_table, p_column);
end
$$;

comment on function internal.attach_state_machine(regclass, text) is
  'Attaches the state machine table.column of internal.state_transition.';
