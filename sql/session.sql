-- Whether the session holds a permission code.
/* @name hasPermission */
select api.has_permission(:permission!) as "has_permission!";

-- The tenants that know the session's person.
/* @name myTenants */
select t.tenant_id as "tenant_id!", t.tenant_name as "tenant_name!", t.user_id as "user_id!", t.role as "role?"
  from api.my_tenants() as t;

-- Brings a deleted row back, and what went with it. NOT_FOUND, HAS_DEPENDENTS, ALREADY_EXISTS, FORBIDDEN.
/* @name restoreRecord */
select true as "restored!" from api.restore(:table!, :id!);
