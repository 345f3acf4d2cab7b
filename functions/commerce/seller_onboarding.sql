-- Undo: drop trigger _010_identity on commerce.seller_onboarding; drop trigger _100_version on commerce.seller_onboarding; drop trigger _110_version_required on commerce.seller_onboarding; drop trigger _300_transition_onboarding_status on commerce.seller_onboarding; drop trigger _900_audit_delete on commerce.seller_onboarding; drop trigger _900_audit_insert on commerce.seller_onboarding; drop trigger _900_audit_truncate on commerce.seller_onboarding; drop trigger _900_audit_update on commerce.seller_onboarding; drop function audit.tg_seller_onboarding();
select internal.attach_identity('commerce.seller_onboarding');
select internal.attach_version('commerce.seller_onboarding');
select internal.attach_state_machine('commerce.seller_onboarding', 'onboarding_status');

select audit.attach('commerce.seller_onboarding');
