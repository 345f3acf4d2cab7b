/** Mutants that change nothing that anybody could notice, by their kind and name, each with the reason. */
export const equivalent: Readonly<Record<string, string>> = {
  'bound: customer_credit_sign_by_kind: > → >=': 'the same check refuses an amount of zero',
  "permission check removed: api.set_order_charges(uuid,numeric,numeric,text,integer): internal.require_permission('orders.manage') → internal.require_tenant()":
    'internal.order_for_update, the next line, asks staff for the same permission, and no shopper may call it',
  'policy dropped: all_purge on commerce.order_items':
    "the order's items go with it by the key's cascade, whoever removes the order",
};
