-- Undo: drop trigger _010_identity on commerce.storefront_drafts; drop trigger _100_version on commerce.storefront_drafts; drop trigger _110_version_required on commerce.storefront_drafts; drop trigger _060_theme on commerce.storefront_drafts; drop trigger _900_audit_delete on commerce.storefront_drafts; drop trigger _900_audit_insert on commerce.storefront_drafts; drop trigger _900_audit_truncate on commerce.storefront_drafts; drop trigger _900_audit_update on commerce.storefront_drafts; drop function audit.tg_storefront_drafts();
select internal.attach_identity('commerce.storefront_drafts');
select internal.attach_version('commerce.storefront_drafts');

create or replace trigger _060_theme
  before insert or update of theme_id on commerce.storefront_drafts
  for each row execute function internal.tg__theme();

select audit.attach('commerce.storefront_drafts');
