/** What Ruru opens with: the merchant's board, as far as the token's person may see it. */
export const example = `# Reads a merchant's rows: put a token into Headers below, as {"Authorization": "Bearer …"}.
query Board {
  ordersOpen(first: 10, orderBy: PRIMARY_KEY_DESC) {
    nodes { orderNumber status totalAmount currencyCode lineCount customer { displayName } }
  }
  conversationInbox(first: 10) {
    nodes { customerName channelType lastMessage unreadCount }
  }
  products(first: 10) {
    nodes { id name price currencyCode inventoryCount version }
  }
}
`;
