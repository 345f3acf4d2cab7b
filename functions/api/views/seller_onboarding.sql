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
       t.onboarding_status in ('submitted', 'in_review') as is_waiting
  from commerce.seller_onboarding as t;

select internal.copy_comments('api.seller_onboarding', 'commerce.seller_onboarding');
comment on column api.seller_onboarding.is_waiting is 'Whether it waits for a reviewer; the longest wait has the oldest submission.
@notNull
@behavior +filterBy -orderBy';
