-- Requires: functions/internal/checks/refuse_input.sql
create or replace function internal.require_attachments(p_attachments jsonb)
  returns text
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_captions text;
begin
  perform internal.refuse_faults(internal.attachment_faults(p_attachments));
  v_captions := (
    select string_agg(a.item ->> 'caption', chr(10) order by a.place)
      from jsonb_array_elements(p_attachments) with ordinality as a (item, place)
  );
  perform internal.require_text_within('attachments.caption', v_captions, 65536);
  return nullif(v_captions, '');
end
$$;

grant execute on function internal.require_attachments(jsonb) to commerce_definer;
comment on function internal.require_attachments(jsonb) is
  'Refuses a value that is not a list of attachments (SCVAL); returns their captions, a line each, or NULL.';
