-- Undo: drop trigger _010_identity on commerce.seller_profile; drop trigger _050_email on commerce.seller_profile; drop trigger _100_version on commerce.seller_profile; drop trigger _110_version_required on commerce.seller_profile; drop trigger _190_live_parents on commerce.seller_profile; drop trigger _200_soft_delete on commerce.seller_profile; drop trigger _210_soft_delete_children on commerce.seller_profile; drop trigger _500_is_seller on commerce.seller_profile; drop trigger _900_audit_delete on commerce.seller_profile; drop trigger _900_audit_insert on commerce.seller_profile; drop trigger _900_audit_truncate on commerce.seller_profile; drop trigger _900_audit_update on commerce.seller_profile; drop function audit.tg_seller_profile();
select internal.attach_identity('commerce.seller_profile');
select internal.attach_lower_email('commerce.seller_profile');
select internal.attach_version('commerce.seller_profile');
select internal.attach_soft_delete('commerce.seller_profile');

create or replace trigger _500_is_seller
  after insert or update of is_deleted on commerce.seller_profile
  for each row execute function internal.tg_seller_profile__is_seller();

select audit.attach('commerce.seller_profile');
