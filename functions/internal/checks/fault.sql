create or replace function internal.fault(p_field text, p_rule text)
  returns jsonb
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('field', p_field, 'message', p_field || ' ' || p_rule)
$$;

grant execute on function internal.fault(text, text) to commerce_definer, commerce_system, commerce_purge;
comment on function internal.fault(text, text) is
  'One fault of an input: the field and the rule that it breaks, for internal.refuse_faults.';
