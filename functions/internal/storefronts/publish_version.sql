-- Requires: functions/api/views/storefront_versions.sql
create or replace function internal.publish_version(
  p_storefront commerce.storefront,
  p_theme_id uuid,
  p_config jsonb,
  p_change_summary text
)
  returns api.storefront_versions
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := p_storefront.tenant_id;
  v_version_id uuid;
  v_row api.storefront_versions;
begin
  -- The storefront is locked, so numbers follow each other.
  insert into commerce.storefront_versions (
    tenant_id, storefront_id, theme_id, version_number, snapshot, change_summary
  )
  select v_tenant_id, p_storefront.id, p_theme_id, coalesce(max(v.version_number), 0) + 1, p_config, p_change_summary
    from commerce.storefront_versions as v
   where v.tenant_id = v_tenant_id and v.storefront_id = p_storefront.id
  returning id into v_version_id;
  update commerce.storefront as s
     set theme_id = p_theme_id, config = p_config, published_version_id = v_version_id, is_published = true,
         published_at = now(), published_by = internal.user_id(), version = s.version
   where s.tenant_id = v_tenant_id and s.id = p_storefront.id;

  select v.*
    into v_row
    from api.storefront_versions as v
   where v.tenant_id = v_tenant_id and v.id = v_version_id;
  return v_row;
end
$$;

grant execute on function internal.publish_version(commerce.storefront, uuid, jsonb, text) to commerce_definer;
comment on function internal.publish_version(commerce.storefront, uuid, jsonb, text) is
  'Writes the next version of a locked storefront and shows it to visitors. SCVAL when the theme is deleted.';
