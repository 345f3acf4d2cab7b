-- Requires: functions/internal/checks/text_fault.sql
create or replace function internal.address_faults(p_prefix text, p_address jsonb)
  returns jsonb
  language sql
  immutable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_agg(f.fault)
    from unnest(array[
           internal.text_fault(p_prefix || 'recipient_name', p_address ->> 'recipient_name', 200),
           internal.text_fault(p_prefix || 'street_address', p_address ->> 'street_address', 500),
           internal.text_fault(p_prefix || 'city', p_address ->> 'city', 200),
           internal.length_fault(p_prefix || 'apartment', p_address ->> 'apartment', 200),
           internal.length_fault(p_prefix || 'landmark', p_address ->> 'landmark', 500),
           internal.length_fault(p_prefix || 'state', p_address ->> 'state', 200),
           internal.length_fault(p_prefix || 'postal_code', p_address ->> 'postal_code', 32),
           internal.length_fault(p_prefix || 'delivery_note', p_address ->> 'delivery_note', 2000),
           internal.phone_number_fault(p_prefix || 'phone_number', p_address ->> 'phone_number'),
           case when coalesce(p_address ->> 'country' !~ '^[A-Z]{2}$', true) then
             internal.fault(p_prefix || 'country', 'must be an ISO 3166-1 alpha-2 code')
           end
         ]) as f (fault)
   where f.fault is not null
$$;

grant execute on function internal.address_faults(text, jsonb) to commerce_definer;
comment on function internal.address_faults(text, jsonb) is
  'The one rule for an address, saved or given to an order: every field that is missing, too long or in a wrong format, as a list of faults. The prefix is put before the field''s name.';
