create or replace function api.update_my_profile(
  p_display_name text,
  p_phone_number text,
  p_preferred_language text,
  p_expected_version integer,
  p_default_currency text default null,
  out user_id uuid,
  out display_name text,
  out phone_number text,
  out preferred_language text,
  out default_currency text,
  out version integer
)
  language plpgsql
  volatile
  security definer  -- lends: writing the person's own users, customer and buyer_profile rows
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_tenant_id uuid := internal.require_tenant();
  v_is_buyer boolean := internal.session_role() = 'commerce_buyer';
  v_user_id uuid := case when v_is_buyer then internal.require_buyer() else internal.user_id() end;
  v_version integer;
begin
  perform internal.refuse_faults(
    internal.text_fault('display_name', p_display_name, 200),
    internal.phone_number_fault('phone_number', p_phone_number),
    internal.language_fault('preferred_language', p_preferred_language),
    case when p_default_currency is not null and not (
        v_is_buyer and exists (select from commerce.currency as c where c.code = p_default_currency)
      )
      then internal.fault('default_currency', 'must be an ISO 4217 code, and only a shopper has one') end
  );

  select u.version
    into v_version
    from commerce.users as u
   where u.tenant_id = v_tenant_id and u.id = v_user_id and not u.is_deleted
     for no key update;
  if not found then
    perform internal.refuse_missing('user_id');
  end if;
  perform internal.require_version(p_expected_version, v_version, 'users', v_user_id);

  update commerce.users as u
     set display_name = btrim(p_display_name), phone_number = p_phone_number, locale = p_preferred_language,
         version = u.version
   where u.tenant_id = v_tenant_id and u.id = v_user_id;
  if v_is_buyer then
    -- This leaves customer.phone_number out, which only a message from that number proves (see api.register_buyer).
    update commerce.customer as c
       set display_name = btrim(p_display_name), preferred_language = p_preferred_language, version = c.version
     where c.tenant_id = v_tenant_id and c.id = internal.customer_id();
    update commerce.buyer_profile as b
       set full_name = btrim(p_display_name), phone_number = p_phone_number,
           preferred_language = p_preferred_language, default_currency = p_default_currency,
           version = b.version
     where b.tenant_id = v_tenant_id and b.id = internal.customer_id();
  end if;

  user_id := v_user_id;
  display_name := btrim(p_display_name);
  phone_number := p_phone_number;
  preferred_language := p_preferred_language;
  default_currency := p_default_currency;
  version := v_version + 1;
end
$$;

alter function api.update_my_profile(text, text, text, integer, text) owner to commerce_definer;
grant execute on function api.update_my_profile(text, text, text, integer, text)
  to commerce_member, commerce_buyer;
comment on function api.update_my_profile(text, text, text, integer, text) is
  'Replaces the caller''s own profile in this shop: name, telephone number (NULL: none), language and, for a shopper, the currency (NULL: none). The version is that of the users row; a shopper''s customer and buyer profile follow. SCPRM for a person who has not registered, SCNTF, SCVER, SCVRQ, SCVAL with the field.
@rowName my_profile
@param display_name {users.display_name}
@param phone_number? {users.phone_number}
@param preferred_language {buyer_profile.preferred_language}
@param default_currency {buyer_profile.default_currency}
@returns user_id! The person, by users id.
@returns display_name {users.display_name}
@returns phone_number {users.phone_number}
@returns preferred_language {buyer_profile.preferred_language}
@returns default_currency {buyer_profile.default_currency}
@returns version! {users.version}';
