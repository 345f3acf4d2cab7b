/** What Ruru opens with: operations to run one by one, as far as the token's person may. */
export const examples = `# Choose an operation at the Run button. The token below, under Headers, names the caller.

# What waits for the merchant.
query Board {
  orders(first: 10, condition: { isOpen: true }, orderBy: ID_DESC) {
    nodes { orderNumber status totalAmount currencyCode lineCount customer { displayName } }
  }
  conversationThreads(first: 10, condition: { status: open }, orderBy: LAST_MESSAGE_AT_DESC) {
    nodes { customer { displayName } channel { channelType } lastMessage { text } unreadCount }
  }
}

# What there is to sell.
query Products {
  products(first: 10) {
    nodes { rowId name price currencyCode inventoryCount version }
  }
}

# A new customer, whom the next Board may show.
mutation NewCustomer {
  createCustomer(input: { customer: { displayName: "Ada of the example" } }) {
    customer { id displayName }
  }
}

# Stays open: every message as it comes.
subscription NewMessages {
  messageAdded { cursor message { direction text createdAt } }
}
`;
