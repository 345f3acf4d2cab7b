-- Makes the shopper of this session a buyer of the tenant. ALREADY_EXISTS, INVALID_INPUT.
/* @name registerBuyer */
select b.id as "id!", b.user_id as "user_id!", b.full_name, b.version as "version!"
  from api.register_buyer(:fullName!, :phoneNumber, coalesce(:preferredLanguage, 'en')) as b
 where b.tenant_id = :tenantId!;
