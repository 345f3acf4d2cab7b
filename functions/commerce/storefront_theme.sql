-- Undo: drop trigger _005_tenant_key on commerce.storefront_theme; drop trigger _010_identity on commerce.storefront_theme; drop trigger _100_version on commerce.storefront_theme; drop trigger _110_version_required on commerce.storefront_theme; drop trigger _190_live_parents on commerce.storefront_theme; drop trigger _200_soft_delete on commerce.storefront_theme; drop trigger _210_soft_delete_children on commerce.storefront_theme; drop trigger _900_audit_delete on commerce.storefront_theme; drop trigger _900_audit_insert on commerce.storefront_theme; drop trigger _900_audit_truncate on commerce.storefront_theme; drop trigger _900_audit_update on commerce.storefront_theme; drop function audit.tg_storefront_theme();
select internal.attach_tenant_key('commerce.storefront_theme');
select internal.attach_identity('commerce.storefront_theme');
select internal.attach_version('commerce.storefront_theme');
select internal.attach_soft_delete('commerce.storefront_theme');

select audit.attach('commerce.storefront_theme');
