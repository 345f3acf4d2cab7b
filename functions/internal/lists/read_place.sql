-- Requires: functions/internal/checks/refuse_input.sql
create or replace function internal.read_place(p_field text, p_cursor text, p_moment text)
  returns text
  language plpgsql
  immutable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_place jsonb;
  v_id uuid;
  v_moment timestamptz;
begin
  if p_cursor is null then
    return null;
  end if;
  begin
    v_place := convert_from(decode(p_cursor, 'base64'), 'UTF8')::jsonb;
    v_id := (v_place ->> -1)::uuid;
    if p_moment = 'id' then
      if jsonb_array_length(v_place) = 1 and v_id is not null then
        return format('(%L)', v_id);
      end if;
    else
      v_moment := (v_place ->> 0)::timestamptz;
      if jsonb_array_length(v_place) = 2 and v_id is not null and v_moment is not null then
        return format('(%L, %L)', v_moment, v_id);
      end if;
    end if;
  exception
    when data_exception then
      null;
  end;
  perform internal.refuse_input(p_field, 'must be a cursor of the same list');
  return null;
end
$$;

grant execute on function internal.read_place(text, text, text) to commerce_definer;
comment on function internal.read_place(text, text, text) is
  'SQL of the place in a list that a cursor names: the row''s id, preceded by the time by which the list is ordered, if it is not ordered by id (SCVAL).';
