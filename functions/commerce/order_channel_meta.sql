-- Undo: drop trigger _010_identity on commerce.order_channel_meta; drop trigger _120_updated_at on commerce.order_channel_meta;
select internal.attach_identity('commerce.order_channel_meta');
select internal.attach_updated_at('commerce.order_channel_meta');
