-- Undo: drop trigger _010_identity on commerce.buyer_profile; drop trigger _100_version on commerce.buyer_profile; drop trigger _110_version_required on commerce.buyer_profile; drop trigger _200_soft_delete on commerce.buyer_profile; drop trigger _210_soft_delete_children on commerce.buyer_profile; drop trigger _500_sessions on commerce.buyer_profile; drop trigger _900_audit_delete on commerce.buyer_profile; drop trigger _900_audit_insert on commerce.buyer_profile; drop trigger _900_audit_truncate on commerce.buyer_profile; drop trigger _900_audit_update on commerce.buyer_profile; drop function audit.tg_buyer_profile();
select internal.attach_identity('commerce.buyer_profile');
select internal.attach_version('commerce.buyer_profile');
select internal.attach_soft_delete('commerce.buyer_profile');

create or replace trigger _500_sessions
  after update of is_deleted on commerce.buyer_profile
  for each row execute function internal.tg_buyer_profile__sessions();

select audit.attach('commerce.buyer_profile');
