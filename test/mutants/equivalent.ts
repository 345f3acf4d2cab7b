/** Mutants that change nothing that anybody could notice, by their kind and name, each with the reason. */
export const equivalent: Readonly<Record<string, string>> = {
  'bound: customer_credit_sign_by_kind: > → >=': 'the same check refuses an amount of zero',
  "permission check removed: api.set_order_charges(uuid,numeric,numeric,text,integer): internal.require_permission('orders.manage') → internal.require_tenant()":
    'internal.order_for_update, the next line, asks staff for the same permission, and no shopper may call it',
  "length limit: internal.message_kind(text): text_fault('message_type', p_message_type, 65536) → text_fault('message_type', p_message_type, 65535)":
    'a kind that is so long is none of ours, and is stored as unsupported',
  "length limit: internal.receive_return_lines(commerce.order_returns,jsonb): require_text_within(v_field || '.note', v_line ->> 'note', 65536) → require_text_within(v_field || '.note', v_line ->> 'note', 65535)":
    'a line with so long a note is over its own 64 KiB',
  "length limit: internal.return_lines(jsonb): require_text_within(v_field || '.note', note, 65536) → require_text_within(v_field || '.note', note, 65535)":
    'a line with so long a note is over its own 64 KiB',
  'lower limit: internal.require_envelope(text,bytea): between 32 and 8192 → between 31 and 8192':
    'the parts of an envelope have 32 bytes at least',
  'lower limit: internal.require_envelope(text,bytea): between 1 and 32 → between 0 and 32':
    "a key's name without a letter is refused by its form",
  'plan limit: internal.import_product(jsonb,uuid,integer,integer): p_used >= p_limit → p_used > p_limit':
    'the trigger of the products refuses the same row with the same words',
};
