create or replace function internal.approved_template(
  p_channel_id uuid,
  p_customer_id uuid,
  p_name text,
  p_language text
)
  returns commerce.message_template
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select m.*
    from commerce.message_template as m
    join commerce.tenant as t on t.id = internal.tenant_id()
    join commerce.customer as c on c.tenant_id = internal.tenant_id() and c.id = p_customer_id
   cross join lateral (
     select coalesce(p_language, c.preferred_language, t.default_language) as wanted
   ) as w
   where m.tenant_id = internal.tenant_id()
     and m.channel_id = p_channel_id
     and m.name = p_name
     and m.status = 'approved'
   order by case
     -- Providers write pt_BR where BCP 47 has pt-BR; rows hold the latter.
     when m.language = w.wanted then 1
     when split_part(m.language, '-', 1) = split_part(w.wanted, '-', 1) then 2
     when m.language = t.default_language then 3
     when split_part(m.language, '-', 1) = split_part(t.default_language, '-', 1) then 4
     else 5
   end, m.language
   limit 1
$$;

grant execute on function internal.approved_template(uuid, uuid, text, text) to commerce_definer;
comment on function internal.approved_template(uuid, uuid, text, text) is
  'The approved template of this name in the requested language, otherwise the customer''s, otherwise the merchant''s, or in a language close to it; NULL when none is approved.';
