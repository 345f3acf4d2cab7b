-- Undo: drop trigger _000_append_only on commerce.inventory_movement; drop trigger _000_append_only_truncate on commerce.inventory_movement; drop trigger _010_identity on commerce.inventory_movement;
select internal.attach_append_only('commerce.inventory_movement');
select internal.attach_identity('commerce.inventory_movement');
