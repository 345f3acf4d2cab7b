create or replace function api.publish_storefront(
  p_expected_version integer,
  p_draft_id uuid default null,
  p_change_summary text default null
)
  returns api.storefront_versions
  language plpgsql
  volatile
  security definer  -- lends: writing versions and which one is published
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_storefront commerce.storefront := internal.storefront_for_update('storefront.publish', p_expected_version);
  v_theme_id uuid := v_storefront.theme_id;
  v_config jsonb := v_storefront.config;
begin
  perform internal.require_text_within('change_summary', p_change_summary, 65536);
  if p_draft_id is not null then
    select d.theme_id, d.config
      into v_theme_id, v_config
      from commerce.storefront_drafts as d
     where d.tenant_id = v_storefront.tenant_id and d.storefront_id = v_storefront.id and d.id = p_draft_id;
    if not found then
      perform internal.refuse_missing('draft_id');
    end if;
  end if;
  return internal.publish_version(v_storefront, v_theme_id, v_config, p_change_summary);
end
$$;

alter function api.publish_storefront(integer, uuid, text) owner to commerce_definer;
grant execute on function api.publish_storefront(integer, uuid, text) to commerce_member;
comment on function api.publish_storefront(integer, uuid, text) is
  'Publishes the storefront as it is, or as a draft has it: theme and config become the next version, and those of the storefront. expected_version is the storefront''s. Needs storefront.publish. SCPRM, SCNTF, SCVER, SCVRQ, SCVAL when the theme has been deleted.';
