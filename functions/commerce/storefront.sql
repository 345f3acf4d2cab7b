-- Undo: drop trigger _010_identity on commerce.storefront; drop trigger _100_version on commerce.storefront; drop trigger _110_version_required on commerce.storefront; drop trigger _060_theme on commerce.storefront; drop trigger _500_domain_claim on commerce.storefront; drop trigger _900_audit_delete on commerce.storefront; drop trigger _900_audit_insert on commerce.storefront; drop trigger _900_audit_truncate on commerce.storefront; drop trigger _900_audit_update on commerce.storefront; drop function audit.tg_storefront();
select internal.attach_identity('commerce.storefront');
select internal.attach_version('commerce.storefront');

create or replace trigger _060_theme
  before insert or update of theme_id on commerce.storefront
  for each row execute function internal.tg__theme();

create or replace trigger _500_domain_claim
  before insert or update of custom_domain on commerce.storefront
  for each row execute function internal.tg_storefront__domain_claim();

select audit.attach('commerce.storefront');
