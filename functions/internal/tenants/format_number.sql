create or replace function internal.format_number(p_prefix text, p_number bigint)
  returns text
  language sql
  immutable
  parallel safe
  security invoker
return p_prefix || lpad(p_number::text, greatest(6, length(p_number::text)), '0');

grant execute on function internal.format_number(text, bigint) to commerce_definer;
comment on function internal.format_number(text, bigint) is 'A number as people use it: of at least six digits, behind its prefix.';
