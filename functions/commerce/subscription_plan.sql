-- Undo: drop trigger _120_updated_at on commerce.subscription_plan; drop trigger _900_audit_delete on commerce.subscription_plan; drop trigger _900_audit_insert on commerce.subscription_plan; drop trigger _900_audit_truncate on commerce.subscription_plan; drop trigger _900_audit_update on commerce.subscription_plan; drop function audit.tg_subscription_plan();
select internal.attach_updated_at('commerce.subscription_plan');

select audit.attach('commerce.subscription_plan');
