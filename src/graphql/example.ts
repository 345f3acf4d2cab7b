/** What Ruru opens with: the merchant's board, as far as the token's person may see it. */
export const example = `# Reads a merchant's rows: put a token into Headers below, as {"Authorization": "Bearer …"}.
query Board {
  openOrders(first: 10, orderBy: ID_DESC) {
    nodes { orderNumber status totalAmount currencyCode lineCount customer { displayName } }
  }
  inboxThreads(first: 10, condition: { status: open }, orderBy: LAST_MESSAGE_AT_DESC) {
    nodes { customerName channelType lastMessageText unreadCount }
  }
  products(first: 10) {
    nodes { id name price currencyCode inventoryCount version }
  }
}
`;
