-- Undo: drop trigger _010_identity on commerce.products; drop trigger _100_version on commerce.products; drop trigger _110_version_required on commerce.products; drop trigger _120_updated_at on commerce.products; drop trigger _190_live_parents on commerce.products; drop trigger _200_soft_delete on commerce.products; drop trigger _210_soft_delete_children on commerce.products; drop trigger _400_currency_scale on commerce.products; drop trigger _900_audit_delete on commerce.products; drop trigger _900_audit_insert on commerce.products; drop trigger _900_audit_truncate on commerce.products; drop trigger _900_audit_update on commerce.products; drop function audit.tg_products(); drop trigger _800_plan_limit on commerce.products; drop trigger _810_plan_limit_restore on commerce.products;
select internal.attach_identity('commerce.products');
select internal.attach_version('commerce.products');
select internal.attach_updated_at('commerce.products');
select internal.attach_soft_delete('commerce.products');
select internal.attach_currency_scale('commerce.products', 'price', 'compare_at_price');
select audit.attach('commerce.products');

create or replace trigger _800_plan_limit
  after insert on commerce.products
  for each row execute function internal.tg__plan_limit('products', 'product');

create or replace trigger _810_plan_limit_restore
  after update of is_deleted on commerce.products
  for each row when (old.is_deleted and not new.is_deleted)
  execute function internal.tg__plan_limit('products', 'product');
