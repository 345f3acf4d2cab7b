create or replace function internal.refuse_reference(
  p_tenant_id uuid,
  p_provider text,
  p_provider_reference text
)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select
      from commerce.payment as p
     where p.tenant_id = p_tenant_id
       and p.provider = p_provider
       and p.provider_reference = p_provider_reference
  ) then
    raise exception using
      errcode = 'SCDUP',
      message = 'a payment with this reference was made before',
      detail = json_build_object('field', 'provider_reference')::text;
  end if;
end
$$;

grant execute on function internal.refuse_reference(uuid, text, text) to commerce_definer;
comment on function internal.refuse_reference(uuid, text, text) is
  'Refuses a provider''s reference that a payment has already (SCDUP).';
