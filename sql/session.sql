-- Whether the session holds a permission code, as it was when it was opened. INVALID_SESSION.
-- @doc permission A code of listPermissions.
-- @doc has_permission Whether the session holds it.
/* @name hasPermission :one */
select api.has_permission(:permission!) as "has_permission!";

-- Describes the session: its role, what it may do, and the ids that are the caller's own. INVALID_SESSION.
-- @type role 'member' | 'buyer' | 'anonymous'
/* @name me :one */
select m.role as "role!", m.team_role as "team_role?", m.permissions as "permissions!", m.tenant_id as "tenant_id?",
       m.user_id as "user_id?", m.customer_id as "customer_id?"
  from api.me() as m;

-- The tenants in which the session's person is known.
/* @name myTenants :many */
select t.tenant_id as "tenant_id!", t.tenant_name as "tenant_name!", t.user_id as "user_id!", t.role as "role?"
  from api.my_tenants() as t;

-- Restores a deleted row, and the rows that were deleted with it. NOT_FOUND, HAS_DEPENDENTS, ALREADY_EXISTS, FORBIDDEN,
-- INVALID_INPUT.
/* @name restoreRecord :one */
select true as "restored!" from api.restore(:table!, :id!);
