create or replace view api.seller_onboarding
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.seller_id,
       t.reviewed_by,
       t.submission_count,
       t.submitted_at,
       t.verified_at,
       t.rejected_at,
       t.onboarding_status,
       t.verification_status,
       t.current_step,
       t.rejection_reason,
       t.additional_info_requested,
       t.version,
       t.created_at,
       t.updated_at,
       (
         select count(*)::integer
           from commerce.kyc_document as k
          where k.tenant_id = t.tenant_id
            and k.seller_onboarding_id = t.id
            and k.verification_status = 'pending'
            and not k.is_deleted
       ) as pending_documents,
       t.onboarding_status in ('submitted', 'in_review')
         or t.onboarding_status = 'approved' and exists (
           select
             from commerce.kyc_document as k
            where k.tenant_id = t.tenant_id
              and k.seller_onboarding_id = t.id
              and k.verification_status = 'pending'
              and not k.is_deleted
         ) as is_waiting
  from commerce.seller_onboarding as t;

select internal.copy_comments('api.seller_onboarding', 'commerce.seller_onboarding');
comment on column api.seller_onboarding.pending_documents is 'How many of its documents wait for their review.
@notNull
@behavior -filterBy -orderBy';
comment on column api.seller_onboarding.is_waiting is 'Whether it or, once it is approved, a new document of it waits for a reviewer.
@notNull
@behavior +filterBy -orderBy';
