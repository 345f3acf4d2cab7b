-- Requires: functions/internal/checks/check_phone_number.sql
create or replace function internal.check_address(p_prefix text, p_address jsonb)
  returns void
  language plpgsql
  immutable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.require_text(p_prefix || 'recipient_name', p_address ->> 'recipient_name', 200);
  perform internal.require_text(p_prefix || 'street_address', p_address ->> 'street_address', 500);
  perform internal.require_text(p_prefix || 'city', p_address ->> 'city', 200);
  perform internal.limit_text(p_prefix || 'apartment', p_address ->> 'apartment', 200);
  perform internal.limit_text(p_prefix || 'landmark', p_address ->> 'landmark', 500);
  perform internal.limit_text(p_prefix || 'state', p_address ->> 'state', 200);
  perform internal.limit_text(p_prefix || 'postal_code', p_address ->> 'postal_code', 32);
  perform internal.limit_text(p_prefix || 'delivery_note', p_address ->> 'delivery_note', 2000);
  perform internal.check_phone_number(p_prefix || 'phone_number', p_address ->> 'phone_number');
  if coalesce(p_address ->> 'country' !~ '^[A-Z]{2}$', true) then
    perform internal.refuse_input(p_prefix || 'country', 'must be an ISO 3166-1 alpha-2 code');
  end if;
end
$$;

grant execute on function internal.check_address(text, jsonb) to commerce_definer;
comment on function internal.check_address(text, jsonb) is
  'The one rule for an address, saved or given to an order: refuses (SCVAL) a field that is missing, too long or not in its form. The prefix stands before the field''s name.';
