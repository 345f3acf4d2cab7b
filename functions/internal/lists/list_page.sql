-- Called by functions of api with a standard body alone: a role that may not use schema internal cannot name it.
create or replace function internal.list_page(p_statement text)
  returns table (id uuid, cursor text)
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query execute p_statement;
end
$$;

grant execute on function internal.list_page(text) to commerce_member, commerce_buyer;
comment on function internal.list_page(text) is 'Runs what internal.page_statement wrote, as the caller.';
