-- Called by functions of api with a standard body alone: a role that may not use schema internal cannot name it.
create or replace function internal.list_counts(p_statement text)
  returns table (value text, row_count integer, is_at_least boolean)
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query execute p_statement;
end
$$;

grant execute on function internal.list_counts(text) to commerce_member, commerce_buyer;
comment on function internal.list_counts(text) is 'Runs what internal.count_statement wrote, as the caller.';
