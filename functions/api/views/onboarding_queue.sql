create or replace view api.onboarding_queue
  with (security_invoker = true)
as
select o.id,
       o.tenant_id,
       o.seller_id,
       s.business_name,
       o.onboarding_status,
       greatest(o.submitted_at, d.latest_at) as submitted_at,
       o.submission_count,
       o.version,
       d.pending as pending_documents
  from commerce.seller_onboarding as o
  join commerce.seller_profile as s on s.tenant_id = o.tenant_id and s.id = o.seller_id
  cross join lateral (
    select count(*)::integer as pending, max(k.created_at) as latest_at
      from commerce.kyc_document as k
     where k.tenant_id = o.tenant_id
       and k.seller_onboarding_id = o.id
       and k.verification_status = 'pending'
       and not k.is_deleted
  ) as d
 where (o.onboarding_status in ('submitted', 'in_review') or o.onboarding_status = 'approved' and d.pending > 0)
   and not s.is_deleted;

comment on view api.onboarding_queue is 'Onboardings and new documents of approved sellers that wait for a reviewer; the longest wait has the oldest submitted_at.
@behavior -*';
comment on column api.onboarding_queue.id is 'The onboarding.';
comment on column api.onboarding_queue.tenant_id is 'The merchant.';
comment on column api.onboarding_queue.seller_id is 'The seller.';
comment on column api.onboarding_queue.business_name is 'The seller''s name.';
comment on column api.onboarding_queue.onboarding_status is 'submitted or in_review; approved where only a new document waits.';
comment on column api.onboarding_queue.submitted_at is 'Since when it waits: the time when it was submitted, or when its newest document was handed in.';
comment on column api.onboarding_queue.submission_count is 'How often it was submitted.';
comment on column api.onboarding_queue.version is 'The onboarding''s version, to name in the review.';
comment on column api.onboarding_queue.pending_documents is 'How many of its documents wait for their review.';
