-- For policies: (select internal.banned_seller_gate())[seller_tag] is null. The planner tests a reader's cheap
-- conditions before a comparison of ours, so that one which fails on purpose would reveal a banned seller's rows; it
-- counts a subscript and a test for null as free, and tests them first.
create or replace function internal.banned_seller_gate()
  returns jsonb
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading the bans of all sellers, as internal.banned_sellers() does
  set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(
    (select jsonb_object_agg(b.id, true) from unnest(internal.banned_sellers()) as b (id)),
    '{}'
  );
end
$$;

alter function internal.banned_seller_gate() owner to commerce_definer;
grant execute on function internal.banned_seller_gate() to commerce_buyer, commerce_anonymous;
comment on function internal.banned_seller_gate() is
  'An object with a key for each banned seller of the session''s merchant; every other subscript of it is NULL.';
