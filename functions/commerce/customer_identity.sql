-- Undo: drop trigger _010_identity on commerce.customer_identity; drop trigger _120_updated_at on commerce.customer_identity;
select internal.attach_identity('commerce.customer_identity');
select internal.attach_updated_at('commerce.customer_identity');
