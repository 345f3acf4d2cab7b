/** Mutants that change nothing that anybody could notice, by their kind and name, each with the reason. */
export const equivalent: Readonly<Record<string, string>> = {
  'bound: customer_credit_sign_by_kind: > → >=': 'the same check refuses an amount of zero',
  "permission check removed: api.set_order_charges(uuid,numeric,numeric,text,integer): internal.require_permission('orders.manage') → internal.require_tenant()":
    'internal.order_for_update, the next line, asks staff for the same permission, and no shopper may call it',
  "length limit: internal.message_kind(text): text_fault('message_type', p_message_type, 65536) → text_fault('message_type', p_message_type, 65535)":
    'a kind that is so long is none of ours, and is stored as unsupported',
  "length limit: internal.received_line_faults(jsonb): length_fault(v_name || '.note', v_line ->> 'note', 65536) → length_fault(v_name || '.note', v_line ->> 'note', 65535)":
    'a line with so long a note is over its own 64 KiB',
  "length limit: internal.return_line_faults(jsonb): length_fault(v_name || '.note', v_line ->> 'note', 65536) → length_fault(v_name || '.note', v_line ->> 'note', 65535)":
    'a line with so long a note is over its own 64 KiB',
  'lower limit: internal.calendar_fault(text,timestamp with time zone): between 1 and 9999 → between 0 and 9999':
    'no calendar has a year 0',
  'comparison: internal.parcel_lines(commerce.fulfillment,jsonb): ) > 100 → ) > 101':
    'internal.received_line_faults, which has the same lines next, refuses them with the same words',
  "number limit: internal.read_product(jsonb,commerce.products): read_integer('low_stock_threshold', p_row -> 'low_stock_threshold', 0, 999999999) → read_integer('low_stock_threshold', p_row -> 'low_stock_threshold', 0, 1000000000)":
    'a CHECK of the table refuses the same with the same field',
  'lower limit: internal.require_envelope(text,bytea): between 32 and 8192 → between 31 and 8192':
    'the parts of an envelope have 32 bytes at least',
  'lower limit: internal.require_envelope(text,bytea): between 1 and 32 → between 0 and 32':
    "a key's name without a letter is refused by its form",
  'trigger dropped: soft_delete on api.address_book':
    'only the owner of the tables may delete through this view',
  'trigger dropped: soft_delete on api.kyc_document':
    'only the owner of the tables may delete through this view',
  'plan limit: internal.import_product(jsonb,uuid,integer,integer): p_used >= p_limit → p_used > p_limit':
    'the trigger of the products refuses the same row with the same words',
};
