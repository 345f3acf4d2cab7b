import t from 'tap';
import {
  createPayment,
  createProduct,
  getCustomerValue,
  getOrder,
  getOrderWithItems,
  getProduct,
  getProductSales,
  InvalidAmountError,
  listSalesDaily,
  placeOrderOfLines,
  recordAsOf,
  recordHistory,
  registerBuyer,
  type TenantTransaction,
  updateProduct,
} from '../../src/index.ts';
import { demoTenant, only, openPackage } from './package.ts';

const { db, scene } = await openPackage(t);
const { tenantId, sellerId, owner } = await demoTenant(scene, 1);
const asOwner = <T>(work: (tx: TenantTransaction) => Promise<T>): Promise<T> => db.withTenant(owner, work);
const day = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10);

/** One currency of each number of decimals: what is given, and as it is shown from then on. */
const currencies = [
  {
    currencyCode: 'USD',
    price: '2500',
    shown: '2500.00',
    twice: '5000.00',
    tooFine: '0.001',
    nothing: '0.00',
  },
  { currencyCode: 'JPY', price: '2500.0', shown: '2500', twice: '5000', tooFine: '0.5', nothing: '0' },
  { currencyCode: 'KWD', price: '2.5', shown: '2.500', twice: '5.000', tooFine: '0.0001', nothing: '0.000' },
];

for (const { currencyCode, price, shown, twice, tooFine, nothing } of currencies) {
  t.test(`an amount has the digits of ${currencyCode} wherever it is shown`, async (t) => {
    const shopper = { tenantId, subject: `pays in ${currencyCode}`, role: 'buyer' as const };
    const { id: productId, version } = await asOwner((tx) =>
      tx.run(createProduct, {
        sellerId,
        name: 'Scarf',
        sku: currencyCode,
        price,
        currencyCode,
        productType: 'digital',
      }),
    );
    t.match(await asOwner((tx) => tx.run(getProduct, { productId })), { price: shown, compareAtPrice: null });
    await asOwner((tx) =>
      tx.run(updateProduct, { productId, expectedVersion: version, trackInventory: false }),
    );

    await db.withTenant(shopper, (tx) => tx.run(registerBuyer, { fullName: 'Bisi Ade' }));
    const { id: orderId } = only(
      await db.withTenant(shopper, (tx) =>
        tx.run(placeOrderOfLines, {
          idempotencyKey: currencyCode,
          channel: 'storefront',
          lines: [{ productId, quantity: 2 }],
          expectedTotals: [{ currencyCode, totalAmount: twice }],
        }),
      ),
    );
    const order = only(await asOwner((tx) => tx.run(getOrder, { orderId })));
    t.match(order, {
      currencyCode,
      subtotalAmount: twice,
      discountAmount: nothing,
      shippingAmount: nothing,
      taxAmount: nothing,
      totalAmount: twice,
      paidAmount: nothing,
    });
    const line = only(await asOwner((tx) => tx.run(getOrderWithItems, { orderId })));
    t.match(line, { unitPrice: shown, subtotal: twice, itemDiscountAmount: nothing, itemTaxAmount: nothing });

    await asOwner(async (tx) => {
      t.match(only(await tx.run(getProductSales, { productId })), {
        grossAmount: twice,
        discountAmount: nothing,
      });
      const value = await tx.run(getCustomerValue, { customerId: order.customerId });
      t.match(only(value), { currencyCode, grossAmount: twice, refundedAmount: nothing });
      const sales = await tx.run(listSalesDaily, { from: day(-2), to: day(2) });
      const ofCurrency = sales.filter((row) => row.currencyCode === currencyCode);
      t.match(only(ofCurrency), {
        grossAmount: twice,
        discountAmount: nothing,
        refundedAmount: nothing,
        netAmount: twice,
      });
      const [added] = (await tx.run(recordHistory, { table: 'products', id: productId })).slice(-1);
      t.equal(added?.newValues?.price, shown, 'as a text in the JSON of the log');
      t.equal(added?.newValues?.currencyCode, currencyCode, 'whose keys are those of rows');
      const { record } = await tx.run(recordAsOf, { table: 'products', id: productId, at: new Date() });
      t.equal(record.price, shown);
    });

    const tooMuch = await asOwner((tx) =>
      tx.run(createPayment, {
        orderId,
        paymentType: 'bank_transfer',
        provider: 'manual',
        amount: '999999',
        idempotencyKey: currencyCode,
      }),
    ).catch((error: unknown) => error);
    t.type(tooMuch, InvalidAmountError);
    t.match(tooMuch, { limit: twice, details: { limit: twice } });
    await t.rejects(
      asOwner((tx) => tx.run(createProduct, { sellerId, name: 'Fine', price: tooFine, currencyCode })),
      { code: 'INVALID_AMOUNT', field: 'price' },
    );
  });
}

t.test('an amount has its bounds', async (t) => {
  for (const price of ['1e15', 'Infinity', 'NaN', '-1']) {
    await t.rejects(
      asOwner((tx) => tx.run(createProduct, { sellerId, name: 'Odd', price, currencyCode: 'USD' })),
      { name: /^Invalid(Amount|Input)Error$/ },
      price,
    );
  }
  const most = '999999999999999.99';
  const { id } = await asOwner((tx) =>
    tx.run(createProduct, { sellerId, name: 'Dear', price: most, currencyCode: 'USD' }),
  );
  t.match(await asOwner((tx) => tx.run(getProduct, { productId: id })), { price: most });
});
