create or replace function api.attach_payment_proof(
  p_payment_id uuid,
  p_file_name text,
  p_url text,
  p_expected_version integer
)
  returns api.payment
  language plpgsql
  volatile
  security definer  -- lends: writing payments and private files
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_payment commerce.payment := internal.payment_for_update(p_payment_id, p_expected_version);
  v_asset_id uuid;
begin
  perform internal.refuse_faults(
    internal.text_fault('file_name', p_file_name, 255),
    internal.text_fault('url', p_url, 2048),
    case when p_url like '%://%' then internal.fault('url', 'must be the key of a private object, not a link') end
  );
  if v_payment.status not in ('pending', 'requires_action') then
    raise exception using
      errcode = 'SCIMM',
      message = 'a proof can only be added while the payment is open';
  end if;

  insert into commerce.storefront_asset (tenant_id, file_name, file_type, url, is_private, is_payment_proof)
  values (v_payment.tenant_id, p_file_name, 'image', p_url, true, true)
  returning id into v_asset_id;
  update commerce.payment as p
     set proof_asset_id = v_asset_id, version = p.version
   where p.tenant_id = v_payment.tenant_id and p.id = p_payment_id;
  return internal.payment_view(p_payment_id);
end
$$;

alter function api.attach_payment_proof(uuid, text, text, integer) owner to commerce_definer;
grant execute on function api.attach_payment_proof(uuid, text, text, integer)
  to commerce_member, commerce_buyer, commerce_worker;
comment on function api.attach_payment_proof(uuid, text, text, integer) is
  'Attaches the picture of a bank transfer to an open payment, as a private file. SCPRM, SCNTF also for a key that is not the caller''s, SCVER, SCVRQ, SCIMM, SCVAL.
@param file_name {storefront_asset.file_name}
@param url Key of the private object that holds it, which request_upload gave the caller for payment_proof.';
