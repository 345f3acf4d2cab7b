create or replace function internal.keep_inbound_event(
  p_tenant_id uuid,
  p_provider text,
  p_provider_reference text,
  p_external_event_id text,
  p_event_type text,
  p_amount numeric,
  p_currency_code text,
  p_occurred_at timestamptz
)
  returns boolean
  language plpgsql
  volatile
  security definer  -- lends: writing events of which it is not known whose they are
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into commerce.inbound_event (
    tenant_id, provider, provider_reference, external_event_id, event_type, amount, currency_code, occurred_at
  )
  values (
    p_tenant_id, p_provider, p_provider_reference,
    coalesce(p_external_event_id, concat_ws(' ', p_event_type, trim_scale(p_amount))), p_event_type, p_amount, p_currency_code,
    p_occurred_at
  )
  on conflict do nothing;
  return found;
end
$$;

alter function internal.keep_inbound_event(uuid, text, text, text, text, numeric, text, timestamptz)
  owner to commerce_system;
grant execute on function internal.keep_inbound_event(uuid, text, text, text, text, numeric, text, timestamptz)
  to commerce_definer;
comment on function internal.keep_inbound_event(uuid, text, text, text, text, numeric, text, timestamptz) is
  'Stores what a provider reports about an unknown payment; returns false when it is stored already.';
