-- Undo: drop trigger _000_append_only on commerce.storefront_versions; drop trigger _000_append_only_truncate on commerce.storefront_versions; drop trigger _010_identity on commerce.storefront_versions; drop trigger _060_theme on commerce.storefront_versions;
select internal.attach_append_only('commerce.storefront_versions');
select internal.attach_identity('commerce.storefront_versions');

create or replace trigger _060_theme
  before insert on commerce.storefront_versions
  for each row execute function internal.tg__theme();
