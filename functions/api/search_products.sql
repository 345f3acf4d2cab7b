-- Full text and trigram operators are not leakproof: under row-level security they could not use an
-- index. So this function is owned by a role outside the tenant policy, and states the tenant itself.

-- This loads pg_trgm, because until then its parameter is unknown, and only a superuser may name an unknown parameter.
select internal.word_similarity('', '');

create or replace function api.search_products(
  p_query text default null,
  p_channel text default null,
  p_seller_id uuid default null,
  p_price_min numeric default null,
  p_price_max numeric default null,
  p_first integer default 20,
  p_after text default null
)
  returns table (
    product_id uuid,
    name text,
    short_description text,
    price numeric,
    currency_code text,
    seller_id uuid,
    is_available boolean,
    rank real,
    cursor text
  )
  language plpgsql
  stable
  security definer  -- lends: reading products past the tenant policy, for the stated tenant
  set search_path = pg_catalog, pg_temp
  -- How similar a word must be to count as a typing error of another.
  set pg_trgm.word_similarity_threshold = 0.45
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_query text := nullif(btrim(p_query), '');
  v_words tsquery;
  -- A visitor sees what the storefront shows; staff see every channel's products.
  v_channel text := coalesce(p_channel, case when not internal.is_staff() then 'storefront' end);
  v_modes text[] := case when v_query is null then array['browse'] else array['words', 'similar'] end;
  v_mode text;
  v_after jsonb;
  v_after_rank real;
  v_after_id uuid;
begin
  perform internal.require_text_within('query', p_query, 200);
  v_words := internal.search_words(v_query);
  if v_channel is not null then
    perform internal.require_in_set('channel', v_channel, 'orders', 'channel');
  end if;
  perform internal.refuse_faults(
    case when p_price_min > p_price_max then internal.fault('price_min', 'must not be above price_max') end,
    case when coalesce(p_first, 0) not between 1 and 100 then internal.fault('first', 'must be from 1 to 100') end,
    internal.length_fault('after', p_after, 1000)
  );
  if p_after is not null then
    begin
      v_after := convert_from(decode(p_after, 'base64'), 'UTF8')::jsonb;
      v_after_rank := (v_after ->> 1)::real;
      v_after_id := (v_after ->> 2)::uuid;
    exception
      when data_exception then
        v_after := null;
    end;
    if coalesce(v_after ->> 0 <> all (v_modes), true) or v_after_rank is null or v_after_id is null then
      perform internal.refuse_input('after', 'must be a cursor of the same search');
    end if;
    v_modes := array[v_after ->> 0];
  end if;

  -- Words are searched first, and similar words only when no word is found. Each call has its own plan, so that filters
  -- that are not given cost nothing. Among equal ranks newer products come first, because their ids are greater. A cursor
  -- is made of what is returned, and not of all that matches.
  foreach v_mode in array v_modes loop
    return query execute format(
      $query$
        select f.id, f.name, f.short_description, f.price, f.currency_code, f.seller_id, f.is_available, f.rank,
               translate(
                 encode(convert_to(jsonb_build_array($1, f.rank, f.id)::text, 'UTF8'), 'base64'),
                 e'\n', '')
          from (
            select m.*
              from (
                select p.id, p.name, p.short_description, p.price, p.currency_code, p.seller_id,
                       not p.track_inventory or p.allow_backorder or p.inventory_count > 0 as is_available,
                       (%s)::real as rank
                  from commerce.products as p
                 where p.tenant_id = $2
                   and p.is_active
                   and p.seller_id <> all ($12)
                   and not p.is_deleted
                   and (%s)
                   and ($5 is null or p.visible_channels is null or $5 = any (p.visible_channels))
                   and ($6 is null or p.seller_id = $6)
                   and ($7 is null or p.price >= $7)
                   and ($8 is null or p.price <= $8)
              ) as m
             where $9 is null or (m.rank, m.id) < ($9, $10)
             order by m.rank desc, m.id desc
             limit $11
          ) as f
         order by f.rank desc, f.id desc
      $query$,
      case v_mode
        when 'words' then 'ts_rank(p.search_vector, $3)'
        when 'similar' then 'internal.word_similarity($4, p.name)'
        else '0'
      end,
      case v_mode
        when 'words' then 'p.search_vector @@ $3'
        when 'similar' then 'p.name operator(internal.%>) $4'
        -- All ranks are equal, so the cursor is compared by the id alone and becomes the start of the index scan.
        else '$10 is null or p.id < $10'
      end)
      using v_mode, v_tenant_id, v_words, v_query, v_channel, p_seller_id, p_price_min, p_price_max,
            v_after_rank, v_after_id, p_first, internal.banned_sellers();
    exit when found;
  end loop;
end
$$;

alter function api.search_products(text, text, uuid, numeric, numeric, integer, text)
  owner to commerce_system;
grant execute on function api.search_products(text, text, uuid, numeric, numeric, integer, text)
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker;
comment on function api.search_products(text, text, uuid, numeric, numeric, integer, text) is
  'Active products of this shop, of sellers who are not banned, that match words in name, sku or description, the best match first. When no word is found, similar words match, so that typing errors are tolerated; without a query, the newest products come first. Pass a row''s cursor as after to get the rows behind it. channel limits the result to what is offered there (for a visitor: in the storefront). first is 1 to 100. SCVAL with the field.
@rowName product_match
@param query Words, of which any match; without them, the newest come first.
@param channel {orders.channel} Only what is offered there; a visitor sees what the storefront offers.
@param seller_id Only what this seller sells.
@param price_min The lowest price.
@param price_max The highest price.
@param first How many, 1 to 100.
@param after The cursor of the last row that was read.
@returns product_id! {products.id} The product.
@returns name! {products.name}
@returns short_description {products.short_description}
@returns price! {products.price}
@returns currency_code! {products.currency_code}
@returns seller_id! {seller_profile.id} The product''s seller.
@returns is_available! Whether it can be ordered now.
@returns rank! How well it matches.
@returns cursor! The cursor to read on behind this row.';
