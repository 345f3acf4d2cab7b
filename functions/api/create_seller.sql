-- Requires: functions/api/views/seller_profile.sql
create or replace function api.create_seller(
  p_business_name text,
  p_slug text,
  p_business_type text default 'individual',
  p_user_id uuid default null,
  p_display_name text default null,
  p_email text default null,
  p_phone_number text default null,
  p_bio text default null
)
  returns api.seller_profile
  language plpgsql
  volatile
  security definer  -- lends: making the seller's users, seller_profile and seller_onboarding rows
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('team.manage');
  v_user_id uuid := p_user_id;
  v_email text := lower(btrim(p_email));
  v_seller_id uuid := internal.uuid_v7();
  v_constraint text;
  v_seller api.seller_profile;
begin
  perform internal.refuse_faults(
    internal.text_fault('business_name', p_business_name, 200),
    internal.text_fault('slug', p_slug, 200),
    case when p_slug !~ '^[a-z0-9]+(-[a-z0-9]+)*$'
      then internal.fault('slug', 'must be lower-case letters, digits and single hyphens') end,
    internal.set_fault('business_type', p_business_type, 'seller_profile', 'business_type'),
    case when p_display_name is not null then internal.text_fault('display_name', p_display_name, 200) end,
    case when v_email !~ '^[^[:space:]@]+@[^[:space:]@]+$' or length(v_email) > 255
      then internal.fault('email', 'must be an e-mail address') end,
    internal.phone_number_fault('phone_number', p_phone_number),
    internal.length_fault('bio', p_bio, 65536)
  );

  if v_user_id is null then
    insert into commerce.users (tenant_id, display_name, email, phone_number)
    values (v_tenant_id, coalesce(internal.shown_name(p_display_name, 200), btrim(p_business_name)), v_email, p_phone_number)
    returning id into v_user_id;
  else
    perform from commerce.users as u
      where u.tenant_id = v_tenant_id and u.id = v_user_id and not u.is_deleted
        for key share;
    if not found then
      perform internal.refuse_missing('user_id');
    end if;
  end if;
  insert into commerce.seller_profile (
    id, tenant_id, user_id, business_name, business_type, slug, email, phone_number, bio
  )
  values (
    v_seller_id, v_tenant_id, v_user_id, btrim(p_business_name), p_business_type, p_slug, v_email, p_phone_number, p_bio
  );
  insert into commerce.seller_onboarding (tenant_id, seller_id)
  values (v_tenant_id, v_seller_id);

  select s.*
    into v_seller
    from api.seller_profile as s
   where s.tenant_id = v_tenant_id and s.id = v_seller_id;
  return v_seller;
exception
  when unique_violation then
    get stacked diagnostics v_constraint = constraint_name;
    raise exception using
      errcode = 'SCDUP',
      message = 'this person or seller exists already',
      detail = json_build_object('field', case
        when v_constraint like '%slug%' then 'slug'
        when v_constraint like '%email%' then 'email'
        else 'user_id'
      end)::text;
end
$$;

alter function api.create_seller(text, text, text, uuid, text, text, text, text) owner to commerce_definer;
grant execute on function api.create_seller(text, text, text, uuid, text, text, text, text) to commerce_member;
comment on function api.create_seller(text, text, text, uuid, text, text, text, text) is
  'Adds a seller to the marketplace in one call: the person (unless user_id names a known person), the profile, and the onboarding that the seller begins. Needs team.manage. SCPRM, SCNTF, SCVAL with the field, SCDUP with the field.
@param user_id? A person whom the merchant knows already; without it, the person is added with display_name, email and phone_number.
@param display_name? {users.display_name}
@param email? {seller_profile.email}
@param phone_number? {seller_profile.phone_number}
@param bio? {seller_profile.bio}
@param business_name {seller_profile.business_name}
@param slug {seller_profile.slug}
@param business_type? {seller_profile.business_type}';
