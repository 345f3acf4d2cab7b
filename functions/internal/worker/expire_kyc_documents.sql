-- Requires: functions/internal/onboarding/end_verification.sql
create or replace function internal.expire_kyc_documents(p_tenant_id uuid, p_batch integer default 100)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: ending documents, and what they verified, as the worker of the tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_today date;
  v_count integer;
  v_onboarding_id uuid;
  v_onboarding_ids uuid[];
begin
  perform internal.refuse_faults(internal.batch_fault(p_batch, 10000));
  perform internal.adopt_tenant(p_tenant_id);
  v_today := internal.shop_day(p_tenant_id);

  with expired as (
    update commerce.kyc_document as d
       set verification_status = 'expired'
     where d.tenant_id = p_tenant_id
       and d.id = any (array(
         select e.id
           from commerce.kyc_document as e
          where e.tenant_id = p_tenant_id and e.verification_status = 'verified' and e.expires_on <= v_today
          limit p_batch
            for no key update skip locked
       ))
    returning d.seller_onboarding_id
  )
  select count(*), array_agg(distinct e.seller_onboarding_id)
    into v_count, v_onboarding_ids
    from expired as e;

  foreach v_onboarding_id in array coalesce(v_onboarding_ids, '{}') loop
    perform internal.end_verification(p_tenant_id, v_onboarding_id, 'expired');
  end loop;
  return v_count;
end
$$;

alter function internal.expire_kyc_documents(uuid, integer) owner to commerce_definer;
grant execute on function internal.expire_kyc_documents(uuid, integer) to commerce_worker;
comment on function internal.expire_kyc_documents(uuid, integer) is
  'Ends a tenant''s verified documents that have expired, at most a batch (1 to 10000) a call; returns how many. A seller who lacks a document then is verified no longer, and is asked for another. Safe to run twice at once. SCVAL.';
