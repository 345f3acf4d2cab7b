-- As one stable expression without a SET clause it becomes a part of the expression that calls it.
create or replace function internal.fault_list(variadic p_faults jsonb[])
  returns jsonb
  language sql
  stable
  parallel safe
  security invoker
return nullif(to_jsonb(array_remove(p_faults, null)), '[]');

grant execute on function internal.fault_list(jsonb[]) to commerce_definer;
comment on function internal.fault_list(jsonb[]) is
  'The faults of a list, as internal.refuse_faults takes them: an array in JSON without what is NULL; NULL if nothing is left.';
