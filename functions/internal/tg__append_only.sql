-- Undo: drop function internal.tg__append_only();
create or replace function internal.tg__append_only()
  returns trigger
  language plpgsql
  security invoker
  set search_path = ''
as $$
begin
  raise exception using
    errcode = 'SCIMM',
    message = 'rows of this table are only added';
end
$$;

comment on function internal.tg__append_only() is 'Trigger: refuses to change, delete or truncate (SCIMM).';
