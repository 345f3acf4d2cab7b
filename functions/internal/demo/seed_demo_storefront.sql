create or replace function internal.seed_demo_storefront(p_shop jsonb, p_owner_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_name text := p_shop ->> 'name';
  v_host text := p_shop ->> 'host';
  v_storefront_id uuid;
  v_theme_id uuid;
  v_version_id uuid;
  v_asset_ids uuid[];
begin
  with made as (
    insert into commerce.storefront_asset (
      tenant_id, created_by, file_name, file_type, url, mime_type, alt_text, size_bytes, width, height
    )
    select v_tenant_id, p_owner_id, f.name, 'image', format('https://%s/files/%s', v_host, f.name), f.mime_type,
           f.alt_text, f.size_bytes, f.width, f.height
      from (values
        ('banner.jpg', 'image/jpeg', 'New arrivals at ' || v_name, 184320, 1600, 600),
        ('logo.svg', 'image/svg+xml', v_name, 2048, 512, 512)
      ) as f (name, mime_type, alt_text, size_bytes, width, height)
    returning id, file_name
  )
  select array_agg(m.id order by m.file_name) into v_asset_ids from made as m;
  update commerce.seller_profile as s
     set logo_asset_id = v_asset_ids[2], version = s.version
   where s.tenant_id = v_tenant_id and s.user_id = p_owner_id;

  insert into commerce.storefront_theme (tenant_id, name, description, tokens)
  values (
    v_tenant_id, v_name, 'The shop''s own colours', jsonb_build_object('primary', p_shop ->> 'colour')
  )
  returning id into v_theme_id;
  select s.id into v_storefront_id from commerce.storefront as s where s.tenant_id = v_tenant_id;
  insert into commerce.storefront_versions (
    tenant_id, storefront_id, version_number, theme_id, created_by, snapshot, change_summary
  )
  values (
    v_tenant_id, v_storefront_id, 1, v_theme_id, p_owner_id, jsonb_build_object('title', v_name),
    'First version'
  )
  returning id into v_version_id;
  update commerce.storefront as s
     set theme_id = v_theme_id, is_published = true, published_version_id = v_version_id,
         published_by = p_owner_id, published_at = now(), meta_title = v_name,
         config = jsonb_build_object('title', v_name), version = s.version
   where s.tenant_id = v_tenant_id and s.id = v_storefront_id;

  insert into commerce.storefront_drafts (
    tenant_id, storefront_id, base_version_id, theme_id, created_by, name, config
  )
  values (
    v_tenant_id, v_storefront_id, v_version_id, v_theme_id, p_owner_id, 'Season sale',
    jsonb_build_object('title', v_name || ': season sale')
  );
  insert into commerce.storefront_banner (
    tenant_id, storefront_id, asset_id, priority, banner_type, placement, title, link_url, starts_at, ends_at,
    is_active
  )
  values
    (v_tenant_id, v_storefront_id, v_asset_ids[1], 10, 'hero', 'homepage', 'New arrivals',
     format('https://%s/new', v_host), null, null, true),
    (v_tenant_id, v_storefront_id, null, 0, 'seasonal', 'header', 'Season sale from next week', null,
     now() + interval '7 days', now() + interval '21 days', false);
end
$$;

grant execute on function internal.seed_demo_storefront(jsonb, uuid) to commerce_definer;
comment on function internal.seed_demo_storefront(jsonb, uuid) is
  'Publishes a demo shop''s storefront in its own theme, with files, banners and a draft of the next version.';
