create or replace function audit.sign_departure(p_statement text, p_signature bytea)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: writing audit.tenant_move
  set search_path = pg_catalog, pg_temp
as $$
begin
  update audit.tenant_move as m
     set signature = p_signature
   where m.direction = 'out' and m.statement = p_statement and m.signature is null;
  if not found then
    perform internal.refuse_missing('statement');
  end if;
end
$$;

alter function audit.sign_departure(text, bytea) owner to commerce_audit;
grant execute on function audit.sign_departure(text, bytea) to commerce_owner;
comment on function audit.sign_departure(text, bytea) is
  'Keeps the signature of a statement of audit.depart, once: from then on the merchant''s log may leave this server. SCNTF.';
