-- Undo: drop trigger _010_identity on commerce.kyc_info; drop trigger _100_version on commerce.kyc_info; drop trigger _110_version_required on commerce.kyc_info; drop trigger _900_audit_delete on commerce.kyc_info; drop trigger _900_audit_insert on commerce.kyc_info; drop trigger _900_audit_truncate on commerce.kyc_info; drop trigger _900_audit_update on commerce.kyc_info; drop function audit.tg_kyc_info();
select internal.attach_identity('commerce.kyc_info');
select internal.attach_version('commerce.kyc_info');

select audit.attach('commerce.kyc_info');
