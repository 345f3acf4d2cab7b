-- Undo: drop trigger _010_identity on commerce.kyc_document; drop trigger _120_updated_at on commerce.kyc_document; drop trigger _190_live_parents on commerce.kyc_document; drop trigger _200_soft_delete on commerce.kyc_document; drop trigger _210_soft_delete_children on commerce.kyc_document; drop trigger _300_transition_verification_status on commerce.kyc_document; drop trigger _900_audit_delete on commerce.kyc_document; drop trigger _900_audit_insert on commerce.kyc_document; drop trigger _900_audit_truncate on commerce.kyc_document; drop trigger _900_audit_update on commerce.kyc_document; drop function audit.tg_kyc_document();
select internal.attach_identity('commerce.kyc_document');
select internal.attach_updated_at('commerce.kyc_document');
select internal.attach_soft_delete('commerce.kyc_document');
select internal.attach_state_machine('commerce.kyc_document', 'verification_status');

select audit.attach('commerce.kyc_document');
