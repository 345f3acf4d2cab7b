-- Undo: drop trigger _010_identity on commerce.storefront_banner; drop trigger _100_version on commerce.storefront_banner; drop trigger _110_version_required on commerce.storefront_banner; drop trigger _190_live_parents on commerce.storefront_banner; drop trigger _200_soft_delete on commerce.storefront_banner; drop trigger _210_soft_delete_children on commerce.storefront_banner; drop trigger _900_audit_delete on commerce.storefront_banner; drop trigger _900_audit_insert on commerce.storefront_banner; drop trigger _900_audit_truncate on commerce.storefront_banner; drop trigger _900_audit_update on commerce.storefront_banner; drop function audit.tg_storefront_banner();
select internal.attach_identity('commerce.storefront_banner');
select internal.attach_version('commerce.storefront_banner');
select internal.attach_soft_delete('commerce.storefront_banner');

select audit.attach('commerce.storefront_banner');
